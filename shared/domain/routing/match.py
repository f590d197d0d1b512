"""Who gets what: the longest waiting first, and of the agents who fit, the first in their queue's order.

The rows are asked for page by page, so that a look reads only classes that a free agent serves:

    while wanted := matching.wanted():
        matching.found(wanted, rows)
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from heapq import heapify, heappop, heappush
from operator import or_

from shared.domain.rings import widened
from shared.domain.roster import Roster
from shared.domain.routing.choice import Choice
from shared.domain.routing.class_waits import ClassWaits, Wanted
from shared.domain.routing.explain import record, rule_of
from shared.domain.routing.fitting import Fitting
from shared.domain.routing.free_seats import FreeSeats
from shared.domain.routing.look import Look
from shared.domain.routing.offer_words import why_offer
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import OpenClass, Seat
from shared.domain.times import from_iso

MOST_PAIRS = 100  # of one look; the next one goes on
MOST_READS = 100
RUNNERS_UP = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A match, and what was compared for it."""

    waiting: Waiting
    seat: Seat
    choice: Choice
    at: datetime

    @property
    def reason(self) -> str:
        """One sentence in English for the timeline."""
        return why_offer(self.choice, self.at)

    @property
    def rule(self) -> str:
        """What decided, as a stable word: pages say it in the agent's language."""
        return rule_of(self.choice)

    @property
    def record(self) -> str:
        """The choice as JSON of at most 1 KB, from which it can be made again."""
        return record(self.choice)


class Matching:
    """One look. Of `opened` the bounds may be too low, and classes may be empty: the reads correct it.

    It ends when no free agent fits anybody who may still wait, or at MOST_PAIRS or MOST_READS. A page holds
    ROWS rows, and a row is passed over only where all unused agents who fit rest from it after a decline: the
    reads are at most the classes that are served, and one more for each ROWS pairs and ROWS such rows.
    """

    def __init__(
        self, opened: Sequence[OpenClass], seats: Sequence[Seat], roster: Roster, at: datetime
    ) -> None:
        self.pairs: list[Pair] = []
        self.reads = 0
        self._look = Look(FreeSeats(seats, roster), roster, at)
        self._look.waiting = reduce(or_, map(self._look.bit, opened), 0)
        self._classes = [ClassWaits(one) for one in opened]
        self._fitting: dict[int, Fitting] = {}
        self._numbers = {(one.queue, one.klass): n for n, one in enumerate(opened)}
        self._heap = [(one.bound, "", n) for n, one in enumerate(opened)]
        heapify(self._heap)
        self._taken: set[str] = set()

    def wanted(self) -> Wanted | None:
        """Which page to read next; None when nothing more is matched in this look."""
        while self._heap and self._look.free.left and len(self.pairs) < MOST_PAIRS:
            rank, contact, n = self._heap[0]
            if not self._fits(n).served(rank):
                heappop(self._heap)
            elif contact:
                heappop(self._heap)
                self._serve(n, self._classes[n].rows.popleft())
                self._wait(n)
            else:
                return self._classes[n].wanted() if self.reads < MOST_READS else None
        return None

    def found(self, wanted: Wanted, rows: Sequence[Waiting]) -> None:
        """What the read gave, in order. Fewer than ROWS: the class ends there."""
        n = self._numbers[wanted.queue, wanted.klass]
        self.reads += 1
        heappop(self._heap)
        self._classes[n].found(rows)
        self._wait(n)

    def opened_after(self, lost: Collection[str] = ()) -> tuple[OpenClass, ...]:
        """The classes as they are known now, without the empty ones. `lost` are contacts whose offer was not
        written: they wait on.
        """
        gone = self._taken.difference(lost)
        return tuple(one for waits in self._classes if (one := waits.opened_after(gone)))

    def _wait(self, n: int) -> None:
        following = self._classes[n].next()
        if following:
            heappush(self._heap, (*following, n))

    def _serve(self, n: int, row: Waiting) -> None:
        fitting, at = self._fits(n), self._look.at
        resting = {one.agent_id for one in row.declines if at < one.until} if row.declines else ()
        ranked = [] if row.interaction_id in self._taken else fitting.ranked(row, resting, 1 + RUNNERS_UP)
        if ranked:
            choice = self._choice(n, row, ranked)
            self.pairs.append(Pair(row, ranked[0], choice, at))
            self._look.free.used.add(ranked[0].agent_id)
            self._taken.add(row.interaction_id)

    def _choice(self, n: int, row: Waiting, ranked: Sequence[Seat]) -> Choice:
        fitting, waits, ring = self._fits(n), self._classes[n], self._fits(n).ring(row.rank)
        return Choice(
            queue=row.queue,
            channel=fitting.channel,
            needs=fitting.needs,
            dropped=widened(fitting.queue, ring).drop if ring else (),
            ring=ring,
            age_s=int((self._look.at - from_iso(row.rank)).total_seconds()),
            waiting=waits.known(self._taken),
            more=not waits.ended,
            free=self._look.free.left,
            order=fitting.queue.agent_order,
            version=self._look.roster.version,
            alone=fitting.alone,
            ranked=tuple(fitting.candidate(row, seat) for seat in ranked),
        )

    def _fits(self, n: int) -> Fitting:
        if n not in self._fitting:
            self._fitting[n] = Fitting(self._classes[n].opened, self._look)
        return self._fitting[n]
