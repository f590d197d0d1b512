"""Lines of timelines that are found by their words: which, by what, and how the index is cut."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shared.domain.text_marks import Asked, blind, marks
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.times import local_day

# What people wrote. Codes and questions of our programs are left out: nobody looks for them.
SEARCHED = frozenset({Kind.MESSAGE_RECEIVED, Kind.MESSAGE_SENT, Kind.NOTE_ADDED})
# Their facts, by which the indexer hears of them; the template's rule names the same.
FACTS = ("MessageReceived", "MessageSent", "NoteAdded")

DAY, MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True)
class TextKey:
    """The key of the marks, 32 bytes in hex. It lies in the table, as do all the texts: who may read it may
    read them. Without it the index says which lines share a word, and never the word.
    """

    key: str

    @property
    def secret(self) -> bytes:
        return bytes.fromhex(self.key)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A line for the index, with its marks made blind."""

    timeline: str
    seq: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A line that the index names; `n` is its place in its part, higher for what was added later."""

    n: int
    timeline: str
    seq: int


@dataclass(frozen=True, slots=True)
class Part:
    """All lines of a part, oldest first, as they were at a `version`."""

    name: str
    version: str
    lines: Iterable[Found]


def words_of(entry: Entry) -> str:
    """All that is compared and shown of a line."""
    subject, text = entry.content.subject, entry.text
    return f"{subject}\n{text}" if subject else text


def is_searched(entry: Entry) -> bool:
    return entry.kind in SEARCHED and bool(words_of(entry).strip())


def fits(wanted: Asked, entry: Entry | None) -> bool:
    """Whether a line is one that people wrote, and has all the words."""
    return entry is not None and is_searched(entry) and wanted.within(words_of(entry))


def indexed(entry: Entry, key: TextKey) -> Indexed:
    return Indexed(entry.timeline, entry.seq, blind(key.secret, marks(words_of(entry))))


def day_of(at: datetime, zone: str) -> str:
    """The part that a line is first put into."""
    return local_day(at, zone).isoformat()


def month_of(day: str) -> str:
    """The part that a day is merged into."""
    return day[:7]


def is_day(name: str) -> bool:
    return bool(DAY.fullmatch(name))


def newest_first(names: Iterable[str]) -> tuple[str, ...]:
    """Parts as they are searched: days before the month they will be merged into."""
    return tuple(sorted((n for n in names if DAY.fullmatch(n) or MONTH.fullmatch(n)), reverse=True))


def of_months(names: Sequence[str], today: date, back: int) -> tuple[str, ...]:
    """Those of this month and of the `back` - 1 before it."""
    months = today.year * 12 + today.month - back
    first = f"{months // 12:04}-{months % 12 + 1:02}"
    return tuple(name for name in names if name[:7] >= first)
