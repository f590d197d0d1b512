"""A provider's own list of what customers sent against our receipts; what never came is taken in late.

Each night for the last days (trigger: schedule); one function per channel whose provider does not deliver
again. The event `{"days": ["2026-03-01"]}` compares these days (UTC) at once.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from functions import channels
from shared.domain.channel.listing import past_days
from shared.domain.channel.request import Cut
from shared.edge import door, listing
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.use_cases.channel.find_missing import FindMissing

AT_ONCE = 10  # as many as one request to the queue takes


@answers_self_check
def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    asked = tuple(date.fromisoformat(day) for day in event.get("days", ()))
    recovered = {str(day): recover(day) for day in asked or past_days(ports().clock())}
    return {"channel": environment.channel, "recovered": recovered}


def recover(day: date) -> int:
    """How many of a day had never come. Raises TryAgain, whereupon the next night looks at the day again."""
    channel = channels.load(environment.channel)
    find, name = FindMissing(ports().store), environment.channel
    pages = listing.pages(channel.traits, channel.listing, day)
    found = [piece for page in pages for piece in find(name, page)][::-1]  # it lists the newest first
    found.sort(key=lambda piece: piece.sent_at or ports().clock())
    for begin in range(0, len(found), AT_ONCE):
        some = tuple(found[begin : begin + AT_ONCE])
        door.accept(name, Cut(events=some), f"found.{ports().ids()}")
        ports().meter.count("Recovered", len(some))
    logger().info("list_compared", channel=name, day=str(day), recovered=len(found))
    return len(found)


def prepare() -> object:
    own = channels.load(environment.channel)
    return own.traits, own.listing


early("store", "secrets", "http", "inbox", then=prepare)
