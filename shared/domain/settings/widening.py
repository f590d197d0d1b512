"""Who else may serve a contact that waits long: rings only ever widen, and no overflow comes back."""

from collections.abc import Iterator, Mapping

from shared.domain.queue import Queue
from shared.domain.settings.document import Document
from shared.domain.settings.problem import Path, Problem, problem

QueuesByName = Mapping[str, Queue]


def widening(told: Document) -> Iterator[Problem]:
    queues = {one.name: one for one in told.centre.queues}
    for place, queue in enumerate(told.centre.queues):
        path = ("queues", str(place))
        yield from _rings((*path, "rings"), queue)
        yield from _overflow((*path, "overflow"), queue, queues)
    for place, profile in enumerate(told.centre.profiles):
        pools = {queues[name].pool: name for name in profile.queues if name in queues}
        if len(pools) > 1:
            named = ", ".join(f"{name} ({pool})" for pool, name in pools.items())
            yield problem(("profiles", str(place), "queues"), "two_pools", name=profile.name, queues=named)


def _rings(path: Path, queue: Queue) -> Iterator[Problem]:
    """Each ring adds to those before it, so that a later time is all it takes never to narrow."""
    before = 0
    for place, ring in enumerate(queue.rings):
        at = (*path, str(place))
        if ring.after_seconds <= before:
            yield problem(at, "narrowing", after=ring.after_seconds, before=before)
        if not (ring.drop or ring.admit):
            yield problem(at, "ring_of_nothing")
        before = max(before, ring.after_seconds)


def _overflow(path: Path, queue: Queue, queues: QueuesByName) -> Iterator[Problem]:
    if queue.overflow is None:
        return
    other = queues.get(queue.overflow.queue)
    if other is None:
        known = ", ".join(name for name in queues if name != queue.name) or "–"
        yield problem(path, "no_such_queue", name=queue.overflow.queue, known=known)
    elif other.pool != queue.pool:
        yield problem(path, "other_pool", queue=other.name, theirs=other.pool, ours=queue.pool)
    elif queue.name in (names := [one.name for one in overflows(queue, queues)]):
        circle = [queue.name, *names[: names.index(queue.name) + 1]]
        yield problem(path, "overflow_circle", queues=" → ".join(circle))


def overflows(queue: Queue, queues: QueuesByName) -> Iterator[Queue]:
    """The queues a contact of this one may come into, one after another; each at most once."""
    seen: list[str] = []
    while queue.overflow and queue.overflow.queue not in seen and queue.overflow.queue in queues:
        queue = queues[queue.overflow.queue]
        seen.append(queue.name)
        yield queue
