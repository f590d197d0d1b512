"""Show what the functions logged, tracebacks included: logs [FUNCTION] --follow

FUNCTION is a name of the template (Router, SmsWebhook …); without one, all of them in order of time.
"""

import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from infra.cli.answer import Answer, WrongUse
from infra.cli.functions import Function, functions, log_group
from infra.cli.place import Place, add_place, find_place
from shared.domain.ids import digest

LOOK_EVERY = 2.0  # seconds
PLATFORM = ("START RequestId", "END RequestId", "REPORT RequestId", "INIT_START")
SHOWN_APART = ("timestamp", "level", "message", "exception", "stack_trace", "service", "location")

Line = dict[str, Any]


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("function", nargs="?", help="only this one")
    parser.add_argument(
        "--follow", action="store_true", help="go on until Ctrl-C (with --json a document a line)"
    )
    parser.add_argument("--minutes", type=float, default=60, help="how far back (default 60)")
    add_place(parser)


def run(given: Namespace) -> Answer:
    place = find_place(given)
    groups = {one.name: log_group(place, one) for one in _chosen(functions(place), given.function)}
    since = int((time.time() - given.minutes * 60) * 1000)
    if given.follow:
        _follow(place, groups, since, given.json)
    lines = list(_lines(place, groups, since))
    return Answer(
        {"lines": lines}, "\n".join(as_text(line) for line in lines if spoken(line)) or "Nothing was logged."
    )


def _chosen(all_of_them: list[Function], name: str | None) -> list[Function]:
    chosen = [one for one in all_of_them if name is None or one.name.lower() == name.lower().replace("_", "")]
    if not chosen:
        names = ", ".join(sorted(one.name for one in all_of_them))
        raise WrongUse(f"There is no function {name}; there are {names}.")
    return chosen


def _follow(place: Place, groups: dict[str, str], since: int, as_json: bool) -> None:
    seen: set[str] = set()
    while True:
        for line in _lines(place, groups, since):
            if line["id"] not in seen:
                seen.add(line["id"])
                if as_json or spoken(line):
                    print(json.dumps(line, ensure_ascii=False) if as_json else as_text(line), flush=True)
        time.sleep(LOOK_EVERY)


def _lines(place: Place, groups: dict[str, str], since: int) -> Iterator[Line]:
    found = [line for name, group in groups.items() for line in _of_group(place, name, group, since)]
    yield from sorted(found, key=lambda line: line["at"])


def _of_group(place: Place, name: str, group: str, since: int) -> Iterator[Line]:
    logs = place.client("logs")
    try:
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since):
            for event in page["events"]:
                yield {
                    "id": event.get("eventId") or digest(str(event["timestamp"]), event["message"]),
                    "at": event["timestamp"],
                    "function": name,
                    **_read(event["message"]),
                }
    except logs.exceptions.ResourceNotFoundException:
        return  # it has not run yet


def _read(message: str) -> Line:
    """A line of ours is JSON; the platform's own are text."""
    try:
        said = json.loads(message)
    except ValueError:
        said = None
    return {"said": said} if isinstance(said, dict) else {"text": message.rstrip()}


def spoken(line: Line) -> bool:
    """What somebody wanted to say; metrics and the platform's book-keeping are in --json."""
    if "said" in line:
        return "_aws" not in line["said"]
    return not line["text"].startswith(PLATFORM)


def as_text(line: Line) -> str:
    at = datetime.fromtimestamp(line["at"] / 1000, UTC).strftime("%H:%M:%S.%f")[:-3]
    if "said" not in line:
        return f"{at} {line['function']:16} {line['text']}"
    said = line["said"]
    facts = " ".join(f"{key}={value}" for key, value in said.items() if key not in SHOWN_APART)
    first = f"{at} {line['function']:16} {said.get('level', ''):7} {said.get('message', '')} {facts}"
    return "\n".join([first.rstrip(), *str(said.get("exception") or "").splitlines()])
