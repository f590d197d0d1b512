"""Opening hours: spans of the week, and days that are otherwise. By the clock of a zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)"
WEEKLY = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))? {SPAN}")
EXCEPTION = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:\.\.(\d{{4}}-\d\d-\d\d))? (?:closed|{SPAN})")
LOOK_AHEAD = 400  # days: a centre that opens once a year is found
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """`weekly`: `mon-fri 09:00-18:00`. `exceptions`: `2026-12-25 closed`, or a span of days with other hours:
    `2026-12-24..2026-12-26 10:00-12:00`. An exception stands for the whole day. A span may end on the next
    day (`22:00-06:00`). No `weekly`: always open, but for the exceptions.

    `zone`      "" for the centre's
    `holidays`  the country whose public holidays are closed (`KR`, `US-CA`); "" for none
    `closed`    those days, worked out when the settings were written; an exception stands above them
    """

    weekly: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    zone: str = ""
    holidays: str = ""
    closed: tuple[str, ...] = ()


ALWAYS = Hours()
Span = tuple[datetime, datetime]


def wrong_line(hours: Hours) -> str:
    """The first line that cannot be read; "" where all can."""
    lines = [(line, WEEKLY) for line in hours.weekly] + [(line, EXCEPTION) for line in hours.exceptions]
    return next((line for line, form in lines if not _readable(line, form)), "")


def is_open(hours: Hours, at: datetime, zone: str) -> bool:
    """`zone` is the centre's: it counts where the hours name none."""
    zone = hours.zone or zone
    local = at.astimezone(ZoneInfo(zone)).date()
    return any(start <= at < end for day in (local - DAY, local) for start, end in _spans(hours, day, zone))


def opens_at(hours: Hours, at: datetime, zone: str) -> datetime | None:
    """When somebody is there again: the next opening after a moment that is closed. None: never, as far as
    can be seen. `zone` as in is_open.
    """
    zone = hours.zone or zone
    local = at.astimezone(ZoneInfo(zone)).date()
    days = (local + n * DAY for n in range(LOOK_AHEAD))
    return next((start for day in days for start, _ in _spans(hours, day, zone) if start > at), None)


def open_spans(hours: Hours, begin: datetime, end: datetime, zone: str) -> Iterator[Span]:
    """When somebody is there between two moments, in order; spans that follow each other are not joined.
    `zone` as in is_open.
    """
    zone = hours.zone or zone
    first = begin.astimezone(ZoneInfo(zone)).date() - DAY
    for n in range((end - begin).days + 3):
        for start, over in _spans(hours, first + n * DAY, zone):
            if start < end and over > begin:
                yield max(start, begin), min(over, end)


def _spans(hours: Hours, day: date, zone: str) -> Iterator[Span]:
    """The spans that begin on this day, in order."""
    special = [one for line in hours.exceptions if (one := EXCEPTION.fullmatch(line)) and _of(one, day)]
    if special:
        return iter(sorted(_span(day, one.groups()[2:], zone) for one in special if one[3]))
    if day.isoformat() in hours.closed:
        return iter(())
    if not hours.weekly:
        return iter([_span(day, ("00", "00", "24", "00"), zone)])
    lines = [one for line in hours.weekly if (one := WEEKLY.fullmatch(line)) and _on(one, day)]
    return iter(sorted(_span(day, one.groups()[2:], zone) for one in lines))


def _of(found: re.Match[str], day: date) -> bool:
    return date.fromisoformat(found[1]) <= day <= date.fromisoformat(found[2] or found[1])


def _on(found: re.Match[str], day: date) -> bool:
    first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
    return (day.weekday() - first) % 7 <= (last - first) % 7


def _span(day: date, numbers: tuple[str, ...], zone: str) -> Span:
    """A span that ends where it begins, or before, ends on the next day."""
    start, end = (timedelta(hours=int(hour), minutes=int(minute)) for hour, minute in _pairs(numbers))
    return _moment(day, start, zone), _moment(day, end if end > start else end + DAY, zone)


def _pairs(numbers: tuple[str, ...]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (numbers[0], numbers[1]), (numbers[2], numbers[3])


def _moment(day: date, since_midnight: timedelta, zone: str) -> datetime:
    """By the clock on the wall: a day of 23 hours has the same opening hours."""
    wall = datetime.combine(day, time()) + since_midnight
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _readable(line: str, form: re.Pattern[str]) -> bool:
    found = form.fullmatch(line)
    if found is None:
        return False
    if form is WEEKLY:
        return True
    try:
        return date.fromisoformat(found[1]) <= date.fromisoformat(found[2] or found[1])
    except ValueError:
        return False
