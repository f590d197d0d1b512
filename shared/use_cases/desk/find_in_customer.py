"""Staff find what was written with one customer: their lines are read and compared, without an index."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.customer.head import Head
from shared.domain.desk.reader import Reader
from shared.domain.desk.text_view import TextHits
from shared.domain.errors import Malformed
from shared.domain.text_marks import asked
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import fits
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.show_hits import show_hits

ONE_READ = 5000  # numbers of lines that one question reads
MOST_HITS = 100


@dataclass(frozen=True, slots=True)
class FindInCustomer:
    """A customer is their root and its members: whichever id one holds, all of it is searched."""

    store: Store
    now: Moment

    def __call__(self, customer_id: str, query: str, cursor: str, language: str) -> TextHits:
        """The cursor is the number below which to go on. Refused `no_customer` (404), `query_too_short`,
        `query_too_long` (422); raises Malformed for a cursor that is none.
        """
        wanted, head = asked(query), head_of(self.store, customer_id)
        before = min(_number(cursor), head.version + 1)
        first = max(0, before - 1 - ONE_READ)
        found = [entry for entry in self._lines(head, first, before) if fits(wanted, entry)]
        numbers = sorted((entry.seq for entry in found), reverse=True)
        if len(numbers) > MOST_HITS:
            first = numbers[MOST_HITS - 1] - 1
        lines = [(entry, head) for entry in found if entry.seq > first]
        hits = show_hits(self.store, wanted, lines, Reader(language, self.now()))
        return TextHits(hits, str(first + 1) if first else "")

    def _lines(self, head: Head, first: int, before: int) -> Iterator[Entry]:
        """Numbered above `first` and below `before`; no member is numbered further than the root."""
        after = f"{first:012}" if first else ""
        for member in (head.customer_id, *head.members):
            found = self.store.find(Entry, member, after=after, limit=max(1, before - 1 - first))
            yield from (entry for entry in found if entry.seq < before)


def _number(cursor: str) -> int:
    if not cursor:
        return 10**12
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 12):
        raise Malformed("not a cursor")
    return int(cursor)
