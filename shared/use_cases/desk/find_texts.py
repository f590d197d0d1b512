"""Staff find what was written to or by any customer, by its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.domain.change import Ref
from shared.domain.customer.head import Head
from shared.domain.desk.reader import Reader
from shared.domain.desk.text_view import TextHits
from shared.domain.errors import Malformed
from shared.domain.text_marks import Asked, asked, blind
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import Found, TextKey, fits, of_months
from shared.domain.times import local_day
from shared.ports import Finder, Moment, Store
from shared.use_cases.desk.show_hits import show_hits

MONTHS = 3  # that are searched unasked, and further back each time that older texts are asked for
BATCH = 50  # lines that are read together: with their heads they fill one batch read
BATCHES = 4  # of one question: the beginning of a word may be shared by many that are not asked for
ENOUGH = 20  # hits of one answer
CURSOR = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?)\.(\d{1,15})", re.ASCII)

Line = tuple[Entry, Head]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search goes on: in the first of these parts, below `before` (0: at its end). `beyond` is the
    first part behind them.
    """

    parts: tuple[str, ...]
    before: int
    beyond: str


@dataclass(frozen=True, slots=True)
class FindTexts:
    """The index only names lines that may fit: shown is what was read from the table and has the words."""

    store: Store
    finder: Finder
    now: Moment

    def __call__(self, query: str, cursor: str, language: str) -> TextHits:
        """Refused `query_too_short`, `query_too_long` (422); raises Malformed for a cursor that is none, and
        TryAgain. A line may come again on the next page, where a day was merged meanwhile.
        """
        wanted, key, now = asked(query), self.store.get(Ref(TextKey)), self.now()
        if key is None:
            return TextHits(())  # nothing was ever written
        place = self._place(cursor, local_day(now.at, now.centre.zone))
        lines, place = self._search(wanted, blind(key.secret, wanted.marks), place)
        hits = show_hits(self.store, wanted, lines, Reader(language, now))
        if place.parts:
            return TextHits(hits, f"{place.parts[0]}.{place.before}")
        return TextHits(hits, f"{place.beyond}.0" if place.beyond else "", bool(place.beyond))

    def _place(self, cursor: str, today: date) -> Place:
        part, before = _told(cursor)
        rest = tuple(name for name in self.finder.parts() if not part or name <= part)
        within = of_months(rest, today, MONTHS)
        if part and rest and not within:
            within = of_months(rest, date.fromisoformat(f"{rest[0][:7]}-01"), MONTHS)
        beyond = rest[len(within) : len(within) + 1]
        return Place(within, before if part in rest else 0, "".join(beyond))

    def _search(self, wanted: Asked, marks: Sequence[str], place: Place) -> tuple[list[Line], Place]:
        lines: dict[tuple[str, int], Line] = {}
        for _ in range(BATCHES):
            named, place = self._named(marks, place)
            lines |= {(entry.timeline, entry.seq): (entry, head) for entry, head in self._read(wanted, named)}
            if not place.parts or len(lines) >= ENOUGH:
                break
        return list(lines.values()), place

    def _named(self, marks: Sequence[str], place: Place) -> tuple[list[Found], Place]:
        """The next lines that the index names, and where it goes on behind them."""
        named, parts, before = list[Found](), place.parts, place.before
        while parts and len(named) < BATCH:
            named += self.finder.find(parts[0], marks, before, BATCH - len(named))
            full = len(named) == BATCH
            parts, before = (parts, named[-1].n) if full else (parts[1:], 0)
        return named, Place(parts, before, place.beyond)

    def _read(self, wanted: Asked, named: Sequence[Found]) -> list[Line]:
        """Those that are there and have the words: what was erased is shown to nobody."""
        if not named:
            return []
        entries = [Ref(Entry, one.timeline, one.seq) for one in named]
        rows = self.store.get_all(*entries, *(Ref(Head, one.timeline) for one in named))
        both = zip(rows[: len(named)], rows[len(named) :], strict=True)
        return [(entry, head) for entry, head in both if head and fits(wanted, entry)]


def _told(cursor: str) -> tuple[str, int]:
    if not cursor:
        return "", 0
    found = CURSOR.fullmatch(cursor)
    if found is None:
        raise Malformed("not a cursor")
    return found[1], int(found[2])
