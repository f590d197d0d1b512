"""Compare a provider's own list of what customers sent with what came to us, now instead of at night.

What never came is taken in late. Exits 1 when there was something.
"""

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from functions import channels
from infra.cli.answer import Answer, CannotAnswer
from infra.cli.days import as_day
from infra.cli.functions import functions
from infra.cli.place import Place, add_place, find_place
from infra.local.providers import block

LONGEST = 900.0  # seconds: as long as the function may take


def arguments(parser: ArgumentParser) -> None:
    listed = [traits.name for traits in channels.traits().all if traits.listed]
    parser.add_argument("channel", nargs="?", default="sms", choices=listed, help="(default: sms)")
    parser.add_argument(
        "--day", type=as_day, metavar="YYYY-MM-DD", help="a day of UTC (default: yesterday and today)"
    )
    add_place(parser)


def run(given: Namespace) -> Answer:
    place = find_place(given)
    told = _invoked(place, f"{block(given.channel)}Comparer", [given.day] if given.day else _latest())
    found = sum(told["recovered"].values())
    days = ", ".join(told["recovered"])
    sentence = f"{found} that never came were taken in late" if found else "nothing was missing"
    return Answer(told, f"{given.channel}, {days}: {sentence}.", yes=not found)


def _latest() -> list[date]:
    today = datetime.now(UTC).date()
    return [today - timedelta(days=1), today]


def _invoked(place: Place, name: str, days: list[date]) -> dict[str, Any]:
    physical = next((one.physical for one in functions(place) if one.name == name), "")
    if not physical:
        raise CannotAnswer(f"The stack {place.stack} has no function {name}; is the channel switched on?")
    payload = json.dumps({"days": [str(day) for day in days]}).encode()
    answer = place.client("lambda", LONGEST).invoke(FunctionName=physical, Payload=payload)
    told = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise CannotAnswer(f"{name} failed: {told.get('errorMessage', 'see patchbay logs')}")
    return dict(told)
