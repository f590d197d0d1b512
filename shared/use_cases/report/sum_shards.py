"""The counts of a day, whichever shard they lie in: one item where there would be one without shards."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from shared.domain.channel.receipt import Tally
from shared.domain.report.figures import MEASURES, Figure
from shared.domain.shards import SHARDS
from shared.ports import Store

T = TypeVar("T", Figure, Tally)
ALL = 1_000_000


def figures_of(store: Store, day: str) -> tuple[Figure, ...]:
    """In the order of hour, channel, queue and agent."""
    return _summed(_of_all_shards(store, Figure, day), tuple(MEASURES))


def tallies_of(store: Store, day: str) -> tuple[Tally, ...]:
    """One of each channel."""
    return _summed(_of_all_shards(store, Tally, day), ("handled", "delivery_states"))


def _of_all_shards(store: Store, kind: type[T], day: str) -> list[T]:
    return [item for shard in SHARDS for item in store.find(kind, day, shard, limit=ALL)]


def _summed(items: Iterable[T], counts: Sequence[str]) -> tuple[T, ...]:
    sums: dict[Any, T] = {}
    for item in items:
        keys = tuple(getattr(item, f.name) for f in fields(item) if f.name not in (*counts, "shard"))
        known = sums.get(keys)
        added = {name: getattr(item, name) + getattr(known, name, 0) for name in counts}
        sums[keys] = replace(item, shard="", **added)
    return tuple(sums[keys] for keys in sorted(sums))
