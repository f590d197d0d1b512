"""Moments as we write them: ISO 8601, UTC, milliseconds, Z."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.errors import Malformed


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_utc(told: datetime) -> datetime:
    """A moment that somebody named. Raises Malformed for one without a zone, and for one that lies before the
    first or after the last.
    """
    if told.tzinfo is None:
        raise Malformed("a moment has a zone")
    try:
        return told.astimezone(UTC)
    except OverflowError as error:
        raise Malformed("a moment lies in the years 1 to 9999") from error


def milliseconds(span: timedelta) -> int:
    return int(span / timedelta(milliseconds=1))


def lasted(begin: datetime, end: datetime) -> int:
    """Milliseconds from one moment to another. Never below nothing: a message bears the door's clock, and
    whoever comes after it may be a little behind.
    """
    return max(0, milliseconds(end - begin))


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of the centre in which a moment lies."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_hour(moment: datetime, zone: str) -> int:
    return moment.astimezone(ZoneInfo(zone)).hour


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """First moment of the day and of the next one, in UTC; 23 to 25 hours apart."""
    local = ZoneInfo(zone)
    start = datetime(day.year, day.month, day.day, tzinfo=local)
    after = day + timedelta(days=1)
    return start.astimezone(UTC), datetime(after.year, after.month, after.day, tzinfo=local).astimezone(UTC)
