"""The minute's look at what waits in a pool: a wake may have been lost, and its class is told of again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.domain.change import Ref
from shared.domain.channel.commands import Wake
from shared.domain.now import Now
from shared.domain.routing.pool import BEHIND, Waiting
from shared.domain.routing.seats import Open
from shared.ports import Moment, Store

MOST_CLASSES = 300  # of a queue: 256 are possible


@dataclass(frozen=True, slots=True)
class SweepPool:
    """A read of OPEN, and one of the first row of each class that waits."""

    store: Store
    now: Moment

    def __call__(self, pool: str) -> list[Wake]:
        """A wake for the pool, and one for each class that the looks do not know of, or not in this rank."""
        opened = self.store.get(Ref(Open, pool)) or Open(pool)
        bounds = {(one.queue, one.klass): one.bound for one in opened.classes}
        lost = (wake for queue in _queues(self.now()) for wake in self._lost(pool, queue, bounds))
        return [Wake(pool), *lost]

    def _lost(self, pool: str, queue: str, bounds: Mapping[tuple[str, str], str]) -> Iterator[Wake]:
        for row in self._heads(pool, queue):
            bound = bounds.get((queue, row.klass))
            if bound is None or row.rank < bound:
                yield Wake(pool, queue, row.klass, row.rank)

    def _heads(self, pool: str, queue: str) -> Iterator[Waiting]:
        """The first row of each class, skipping from one to the next."""
        after = ""
        for _ in range(MOST_CLASSES):
            rows = self.store.find(Waiting, pool, queue, after=after, limit=1)
            if not rows:
                return
            yield rows[0]
            after = rows[0].klass + BEHIND


def _queues(now: Now) -> Iterator[str]:
    """Every queue: one that was moved between pools, or taken away, may have left rows behind."""
    for queue in now.centre.queues:
        yield from (queue.name, *queue.succeeds)
