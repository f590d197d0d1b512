"""One class in a look: the rows of it that were read, and how far."""

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import OpenClass

ROWS = 10  # of one read


@dataclass(frozen=True, slots=True)
class Wanted:
    """The next ROWS rows of this class whose key part `<rank>#<contact>` comes behind `after`."""

    queue: str
    klass: str
    after: str = ""


class ClassWaits:
    """Rows in order of rank, then of contact. `bound` is the least rank that one not read yet may have."""

    def __init__(self, opened: OpenClass) -> None:
        self.opened, self.bound = opened, opened.bound
        self.rows: deque[Waiting] = deque()
        self.ended = False
        self._after = ""
        self._read: list[Waiting] = []

    def next(self) -> tuple[str, str] | None:
        """Rank and contact of the next row, contact "" where it was not read yet; None at the end."""
        if self.rows:
            return self.rows[0].rank, self.rows[0].interaction_id
        return None if self.ended else (self.bound, "")

    def wanted(self) -> Wanted:
        return Wanted(self.opened.queue, self.opened.klass, self._after)

    def found(self, rows: Sequence[Waiting]) -> None:
        self.rows.extend(rows)
        self._read.extend(rows)
        self.ended = len(rows) < ROWS
        if rows:
            self.bound, self._after = rows[-1].rank, f"{rows[-1].rank}#{rows[-1].interaction_id}"

    def known(self, gone: Collection[str]) -> int:
        """How many rows read so far are of contacts that still wait."""
        return sum(row.interaction_id not in gone for row in self._read)

    def opened_after(self, gone: Collection[str]) -> OpenClass | None:
        """With the bound as it is known now; None for a class of which nobody waits any more."""
        left = next((row.rank for row in self._read if row.interaction_id not in gone), None)
        if left is None and self.ended:
            return None
        return OpenClass(self.opened.queue, self.opened.klass, left or self.bound)
