"""Counts lie in shards, and those who read them see one item each."""

from collections import Counter

from infra.twins.store import MemoryStore
from shared.domain.change import Add
from shared.domain.channel.receipt import Tally
from shared.domain.report.figures import Figure
from shared.domain.shards import SHARDS, shard_of
from shared.use_cases.report.sum_shards import figures_of, tallies_of

DAY = "2026-03-02"


def test_a_thousand_batches_spread_evenly() -> None:
    spread = Counter(shard_of(f"batch {n}") for n in range(1600))

    assert set(spread) == set(SHARDS)
    assert max(spread.values()) < 150


def test_what_was_counted_before_there_were_shards_is_counted_still() -> None:
    store = MemoryStore()
    store.commit(Add(Tally(DAY, "sms"), {"handled": 3, "delivery_states": 1}))
    store.commit(Add(Figure(DAY, 9, "sms", "main"), {"messages_received": 3}))

    for shard in SHARDS:
        store.commit(Add(Tally(DAY, "sms", shard=shard), {"handled": 1}))
        store.commit(Add(Figure(DAY, 9, "sms", "main", shard=shard), {"messages_received": 1}))

    assert tallies_of(store, DAY) == (Tally(DAY, "sms", handled=19, delivery_states=1),)
    assert figures_of(store, DAY) == (Figure(DAY, 9, "sms", "main", messages_received=19),)


def test_rows_that_differ_stay_apart_and_in_order() -> None:
    store = MemoryStore()
    for hour, shard in ((9, "#3"), (10, ""), (9, "#1"), (8, "#15")):
        store.commit(Add(Figure(DAY, hour, "sms", "main", shard=shard), {"messages_sent": 1}))

    assert [(row.hour, row.messages_sent) for row in figures_of(store, DAY)] == [(8, 1), (9, 2), (10, 1)]
