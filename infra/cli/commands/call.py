"""Ring the centre on this machine and read what is heard: call +821055500101 --keys 1,2

Each group of keys is pressed when the prompts of a question have ended ("1,,2" presses nothing at the second
one). What --say says is spoken where words are asked for, and left where word is left. The call is hung up
after --for seconds, or with Ctrl+C.
"""

import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.place import local
from infra.cli.web import ask, ask_json
from infra.local.providers import carried

LOOK = 0.2
ANSWERS = 0.2  # of the time that a person has: what is pressed here was decided before
LIVE = frozenset({"ringing", "in-progress"})
# How a line is written down; what is missing here is a word in brackets.
SIGNS = {
    "words": "{text}",
    "person": "{who}: {text}",
    "sound": "{who}: [a voice]",
    "keys": "> {text}",
    "spoken": "> “{text}”",
    "music": "[music {text}]",
    "error": "[error {text}: the carrier could not run what it was told]",
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", help="who rings")
    parser.add_argument(
        "--keys", default="", metavar="1,2", help="what is pressed, one group at each question"
    )
    parser.add_argument("--say", action="append", default=[], metavar="WORDS", help="what is said (again)")
    parser.add_argument(
        "--for", dest="seconds", type=float, default=60, metavar="SECONDS", help="at most (60)"
    )


def run(given: Namespace) -> Answer:
    carrier = f"{local().address}/local/{line()}"
    keys = given.keys.split(",") if given.keys else []
    told = {"from": given.number, "keys": keys, "say": given.say, "pace": {"answers": ANSWERS}}
    call = _posted(f"{carrier}/call", told)
    heard: list[dict[str, Any]] = []
    try:
        for one in listened(carrier, call["call_sid"], given.seconds):
            heard.append(one)
            if not given.json:
                print(written(one), flush=True)
    finally:
        _posted(f"{carrier}/hang_up", call)
    last = looked(carrier, call["call_sid"])
    document = {
        "call_sid": call["call_sid"],
        "heard": heard,
        "state": last["state"],
        "errors": last["errors"],
    }
    return Answer(document, f"[{last['state']}]", yes=not last["errors"])


def line() -> str:
    """The channel that carries calls."""
    names = [traits.name for traits in carried() if traits.calls]
    if not names:
        raise CannotAnswer("No channel of this centre carries calls.")
    return names[0]


def listened(carrier: str, sid: str, seconds: float) -> Iterator[dict[str, Any]]:
    """What the line hears, as it comes, until the call is over or the time is."""
    last, until = 0, time.monotonic() + seconds
    while True:
        call = looked(carrier, sid)
        for one in call["heard"]:
            if one["n"] > last:
                last = one["n"]
                yield one
        if call["state"] not in LIVE or time.monotonic() > until:
            return
        time.sleep(LOOK)


def looked(carrier: str, sid: str) -> dict[str, Any]:
    return dict(ask_json(f"{carrier}/calls?call_sid={sid}")["items"][0])


def written(one: Mapping[str, Any]) -> str:
    return SIGNS.get(one["kind"], f"[{one['kind']}]").format(**one)


def _posted(url: str, told: object) -> dict[str, Any]:
    """What it answers. A call that is over already is no error."""
    status, body = ask(url, json.dumps(told).encode(), {"content-type": "application/json"})
    document = dict(json.loads(body))
    if status not in (200, 409):
        raise CannotAnswer(document.get("error", {}).get("message") or f"The stand-in answered {status}.")
    return document
