"""One look at a pool: who is free, what waits, and an offer for every pair."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.domain.change import ABSENT, Put
from shared.domain.channel.commands import Wake
from shared.domain.errors import Conflict
from shared.domain.routing.class_waits import ROWS, Wanted
from shared.domain.routing.match import MOST_PAIRS, Matching
from shared.domain.routing.pool import Waiting
from shared.domain.routing.seats import Bench, OfPool, Open, OpenClass, learned
from shared.ports import AtOnce, Moment, Store
from shared.use_cases.at_once import one_after_another
from shared.use_cases.routing.make_offers import MakeOffers

MOST_BENCHES = 2000
LOOKS = 5


@dataclass(frozen=True, slots=True)
class AssignWaiting:
    """Strong reads of both sides; the conditions of each offer are the lock.

    One query for who is free and which classes wait, one for each page of a class that somebody free serves,
    one batch read, a transaction for each offer, and one write where other classes wait now than before:
    however many wait or are free. What a look leaves waiting is looked at again when somebody becomes free,
    or by the minute sweep.
    """

    store: Store
    now: Moment
    at_once: AtOnce = one_after_another

    def __call__(self, pool: str, wakes: Sequence[Wake] = ()) -> int:
        """Returns the number of offers made. A lost race means the pool has changed: look again."""
        told = [OpenClass(wake.queue, wake.klass, wake.rank) for wake in wakes if wake.klass]
        made = 0
        for _ in range(LOOKS):
            offers, again = self._look(pool, told)
            made += offers
            if not again:
                break
        return made

    def _look(self, pool: str, told: Iterable[OpenClass]) -> tuple[int, bool]:
        """How many offers were made, and whether to look again."""
        rows = self.store.find(OfPool, pool, limit=MOST_BENCHES)
        opened = next((row for row in rows if isinstance(row, Open)), Open(pool))
        seats = [seat for row in rows if isinstance(row, Bench) for seat in row.seats]
        now = self.now()
        matching = Matching(learned(opened.classes, told), seats, now.roster, now.at)
        while wanted := matching.wanted():
            matching.found(wanted, self._page(pool, wanted))
        lost = MakeOffers(self.store, self.now, self.at_once)(matching.pairs)
        kept = self._keep(opened, matching.opened_after(lost))
        again = bool(lost) or not kept or len(matching.pairs) == MOST_PAIRS
        return len(matching.pairs) - len(lost), again

    def _page(self, pool: str, wanted: Wanted) -> tuple[Waiting, ...]:
        return self.store.find(Waiting, pool, wanted.queue, wanted.klass, after=wanted.after, limit=ROWS)

    def _keep(self, before: Open, classes: Iterable[OpenClass]) -> bool:
        """Write down which classes wait; False where another look did so meanwhile."""
        after = tuple(sorted(classes, key=lambda one: (one.queue, one.klass)))
        if after == before.classes:
            return True
        over = before.version or ABSENT
        try:
            self.store.commit(Put(Open(before.pool, after, before.version + 1), over=over))
        except Conflict:
            return False
        return True
