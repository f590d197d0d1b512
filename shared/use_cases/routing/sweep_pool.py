"""The minute's look at what waits in a pool: a wake may have been lost, and its class is told of again. A
class in which nobody waits any more, and which no look has read, is forgotten.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from shared.domain.change import Put, Ref
from shared.domain.channel.commands import Wake
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.domain.routing.pool import BEHIND, Waiting
from shared.domain.routing.seats import Open, OpenClass
from shared.ports import Moment, Store

MOST_CLASSES = 300  # of a queue: 256 are possible


@dataclass(frozen=True, slots=True)
class SweepPool:
    """A read of OPEN, one of the first row of each class that waits, and one for each agent's own queue that
    looks know of.
    """

    store: Store
    now: Moment

    def __call__(self, pool: str) -> list[Wake]:
        """A wake for the pool, and one for each class that the looks do not know of, or not in this rank."""
        opened = self.store.get(Ref(Open, pool)) or Open(pool)
        queues = {*_queues(self.now())}
        heads = [row for queue in sorted(queues) for row in self._heads(pool, queue)]
        self._forget(opened, self._empty(opened, heads, queues))
        bounds = {(one.queue, one.klass): one.bound for one in opened.classes}
        return [Wake(pool), *_lost(heads, bounds)]

    def _heads(self, pool: str, queue: str) -> Iterator[Waiting]:
        """The first row of each class, skipping from one to the next."""
        after = ""
        for _ in range(MOST_CLASSES):
            rows = self.store.find(Waiting, pool, queue, after=after, limit=1)
            if not rows:
                return
            yield rows[0]
            after = rows[0].klass + BEHIND

    def _empty(self, opened: Open, heads: Sequence[Waiting], queues: set[str]) -> list[OpenClass]:
        """Classes in which nobody waits any more: looks read only what somebody free serves."""
        there = {(row.queue, row.klass) for row in heads}
        unseen = [one for one in opened.classes if (one.queue, one.klass) not in there]
        return [one for one in unseen if one.queue in queues or self._is_empty(opened.pool, one)]

    def _is_empty(self, pool: str, one: OpenClass) -> bool:
        return not self.store.find(Waiting, pool, one.queue, one.klass, limit=1)

    def _forget(self, opened: Open, empty: Sequence[OpenClass]) -> None:
        """Unless a look has learned of something since OPEN was read."""
        left = tuple(one for one in opened.classes if one not in empty)
        if empty:
            with suppress(Conflict):
                self.store.commit(Put(Open(opened.pool, left, opened.version + 1), over=opened.version))


def _lost(heads: Sequence[Waiting], bounds: Mapping[tuple[str, str], str]) -> Iterator[Wake]:
    for row in heads:
        bound = bounds.get((row.queue, row.klass))
        if bound is None or row.rank < bound:
            yield Wake(row.pool, row.queue, row.klass, row.rank)


def _queues(now: Now) -> Iterator[str]:
    """Every queue: one that was moved between pools, or taken away, may have left rows behind."""
    for queue in now.centre.queues:
        yield from (queue.name, *queue.succeeds)
