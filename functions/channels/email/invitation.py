"""What a calendar file in a mail says: what, when, where. https://www.rfc-editor.org/rfc/rfc5545"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.domain.text import clean

TYPES = frozenset({"text/calendar", "application/ics"})
LONGEST = 256 * 1024
LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Invitation:
    """`starts` and `ends` as the calendar wrote them: a day, or a moment with its zone where it names one."""

    summary: str
    starts: str = ""
    ends: str = ""
    place: str = ""
    cancelled: bool = False


def invitation(data: bytes) -> Invitation | None:
    """The first event in the file; None for what is no calendar that can be read."""
    if len(data) > LONGEST or b"BEGIN:VEVENT" not in data:
        return None
    try:
        return _first(data)
    except Exception:  # the library raises in ways of its own; the file is there in any case
        return None


def _first(data: bytes) -> Invitation | None:
    from icalendar import Calendar  # 300 ms of import, for the few mails with a calendar

    calendar: Any = Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        words = [_words(event.get(name)) for name in ("SUMMARY", "LOCATION")]
        times = [_time(event.get(name)) for name in ("DTSTART", "DTEND")]
        gone = "CANCEL" in (str(calendar.get("METHOD", "")).upper(), str(event.get("STATUS", "")).upper()[:6])
        return Invitation(words[0], times[0], times[1], words[1], gone)
    return None


def _words(value: object) -> str:
    return " ".join(clean(str(value)).split())[:LONGEST_WORDS] if value else ""


def _time(value: Any) -> str:
    told = getattr(value, "dt", None)
    return told.isoformat() if isinstance(told, (date, datetime)) else ""
