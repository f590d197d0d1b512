"""Acceptances by name: the same short name at the door that counted it and where it got its outcome."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Mark, Outcome
from shared.domain.ids import short
from shared.domain.times import local_day

COUNTED_BY_NO_DOOR = "counted_by_no_door"


@dataclass(frozen=True, slots=True)
class Named:
    """`at` is when it was accepted, to the minute."""

    channel: str
    name: str
    at: datetime


def name_of(raw: Raw) -> str:
    return short(raw.channel, raw.acceptance)


def whole_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def never_counted(settled: Iterable[Named], counted: Collection[tuple[str, str]]) -> tuple[Named, ...]:
    """What has an outcome though no door counted it: by name, so nothing else can stand in for it."""
    return tuple(one for one in dict.fromkeys(settled) if (one.channel, one.name) not in counted)


def as_mark(one: Named, zone: str, kept: timedelta) -> Mark:
    """Its line in the ledger of the day in which it was accepted. A door that counts nothing names nothing,
    so the provider's id is not known here; the router's log has it beside the same moment.
    """
    day = str(local_day(one.at, zone))
    return Mark(
        day, one.channel, Outcome.NEVER_COUNTED, one.name, "", COUNTED_BY_NO_DOOR, one.at, one.at + kept
    )
