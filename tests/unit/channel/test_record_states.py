"""What providers say of our messages: by rank, in any order, each word counted once."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.change import Write
from shared.domain.channel.arrival import Ignored, Reference, StateUpdate
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Mark, Outcome, Receipt, Tally
from shared.domain.timeline.entry import Delivery, Entry
from shared.use_cases.channel.record_states import RecordStates
from shared.use_cases.report.sum_shards import tallies_of
from tests.support.rule_scene import RuleScene

DAY = "2026-01-05"
WORDS = (Delivery.SENDING, Delivery.SENT, Delivery.DELIVERED)


def sent() -> tuple[RuleScene, Entry, RecordStates]:
    scene = RuleScene()
    scene.taken()
    world = scene.world
    return scene, scene.says("Hi"), RecordStates(world.store, world.now)


def word(scene: RuleScene, entry: Entry, state: Delivery, acceptance: str = "") -> tuple[Raw, StateUpdate]:
    raw = scene.raw("sms", f"SM1:{state}", acceptance)
    return raw, StateUpdate(
        Reference(entry.timeline, entry.seq), state, "SM1", "lost" if state is Delivery.FAILED else ""
    )


def now(scene: RuleScene, entry: Entry) -> Entry:
    return scene.get(Entry, entry.timeline, entry.seq)


def tally(scene: RuleScene) -> int:
    return sum(each.delivery_states for each in scene.all(Tally))


@pytest.mark.parametrize("order", list(permutations(WORDS)))
def test_in_any_order_the_highest_state_stands(order: tuple[Delivery, ...]) -> None:
    scene, entry, record = sent()

    for state in order:
        record([word(scene, entry, state)])

    assert now(scene, entry).delivery is Delivery.DELIVERED
    assert tally(scene) == 3


def test_a_batch_is_one_transaction() -> None:
    scene, entry, record = sent()
    before = len(scene.world.store.commits)

    record([word(scene, entry, state) for state in WORDS])

    assert len(scene.world.store.commits) - before == 1
    assert (now(scene, entry).delivery, tally(scene)) == (Delivery.DELIVERED, 3)


def test_a_redelivery_counts_nothing_and_another_copy_is_a_duplicate() -> None:
    scene, entry, record = sent()
    told = word(scene, entry, Delivery.DELIVERED, "A1")

    record([told])
    record([told])
    record([word(scene, entry, Delivery.DELIVERED, "A2")])
    record([word(scene, entry, Delivery.DELIVERED, "A2")])

    assert tally(scene) == 1
    assert [mark.outcome for mark in scene.all(Mark)] == [Outcome.DUPLICATE]


def test_two_copies_in_one_batch_are_one_word_and_one_duplicate() -> None:
    scene, entry, record = sent()

    record([word(scene, entry, Delivery.DELIVERED, a) for a in ("A1", "A2")])

    assert tally(scene) == 1
    assert [mark.outcome for mark in scene.all(Mark)] == [Outcome.DUPLICATE]


def test_a_failure_keeps_its_reason() -> None:
    scene, entry, record = sent()

    record([word(scene, entry, Delivery.FAILED)])

    assert (now(scene, entry).delivery, now(scene, entry).delivery_reason) == (Delivery.FAILED, "lost")


def test_a_word_about_no_message_of_ours_is_set_aside_with_its_reason() -> None:
    scene, entry, record = sent()
    raw, update = word(scene, entry, Delivery.DELIVERED)

    record([(raw, StateUpdate(Reference("nobody", 7), update.state, "SM9"))])

    (kept,) = [r for r in scene.all(Receipt) if r.outcome is Outcome.IGNORED]
    assert (kept.reason, tally(scene)) == ("unknown_message", 0)


def test_what_says_nothing_to_us_does_not_hold_up_its_neighbours() -> None:
    scene, entry, record = sent()

    record([(scene.raw("sms", "SM1:new"), Ignored("unknown_word")), word(scene, entry, Delivery.SENT)])

    assert now(scene, entry).delivery is Delivery.SENT
    assert [mark.reason for mark in scene.all(Mark)] == ["unknown_word"]


def test_a_lost_race_loses_no_word() -> None:
    scene, entry, record = sent()

    def meanwhile(writes: tuple[Write, ...]) -> None:
        record([word(scene, entry, Delivery.SENT)])

    scene.world.store.before_commit = meanwhile

    record([word(scene, entry, Delivery.DELIVERED)])

    assert (now(scene, entry).delivery, len(now(scene, entry).heard)) == (Delivery.DELIVERED, 2)
    assert tally(scene) == 2


def named(scene: RuleScene, entry: Entry, state: Delivery) -> tuple[Raw, StateUpdate]:
    """A word with ids of its own, by which each copy of it is known."""
    raw, update = word(scene, entry, state)
    return replace(raw, event_id=f"SM{entry.seq}:{state}", acceptance=f"{entry.seq}:{state}"), update


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_in_any_order_split_and_repeated_each_word_is_counted_once(data: st.DataObject) -> None:
    scene, entry, record = sent()
    entries = [entry, *(scene.says(f"{n}", f"key-1{n:03}") for n in range(11))]
    told = [named(scene, one, state) for one in entries for state in WORDS]
    order = data.draw(st.permutations(told + told))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(order)), max_size=12)))

    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        record(order[start:end])

    assert sum(each.delivery_states for each in tallies_of(scene.world.store, DAY)) == len(told)
    assert tally(scene) == len(told)
    assert all(now(scene, one).delivery is Delivery.DELIVERED for one in entries)
