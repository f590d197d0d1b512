"""Rings: as a contact gets older, needs are dropped and agents of further profiles may be asked."""

from datetime import datetime, timedelta

from shared.domain.queue import Queue, Ring
from shared.domain.times import iso


def ring_ranks(queue: Queue, at: datetime) -> tuple[str, ...]:
    """Of each ring, narrowest first: the last rank that is in it at this moment."""
    return tuple(iso(at - timedelta(seconds=ring.after_seconds)) for ring in _in_order(queue))


def ring_of(rank: str, ranks: tuple[str, ...]) -> int:
    """How many rings a contact of this rank has reached: 0 for the queue's own needs and profiles."""
    reached = 0
    while reached < len(ranks) and rank <= ranks[reached]:
        reached += 1
    return reached


def widened(queue: Queue, ring: int) -> Ring:
    """What the first so many rings give together."""
    reached = _in_order(queue)[:ring]
    drop = dict.fromkeys(skill for one in reached for skill in one.drop)
    admit = dict.fromkeys(profile for one in reached for profile in one.admit)
    return Ring(reached[-1].after_seconds if reached else 0, tuple(drop), tuple(admit))


def _in_order(queue: Queue) -> list[Ring]:
    return sorted(queue.rings, key=lambda ring: ring.after_seconds)
