"""What was written is handed on; what nobody can send is written down as failed."""

from dataclasses import replace

import pytest

from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put, Ref
from shared.domain.channel.commands import FetchPart, Send
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.use_cases.channel.publish_entries import CHANNEL_OFF, Pair, PublishEntries

PHONE = Address("phone", "+821000000001")


def written(world: World, seq: int, channel: str) -> Entry:
    way = Way(channel, PHONE, "C1", PHONE.value)
    entry = Entry("C1", seq, f"E{seq}", START, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one", way,
                  "K1", "I1", Content("hello"), delivery=Delivery.QUEUED)  # fmt: skip
    world.store.commit(Put(entry))
    return entry


def publish(world: World, *pairs: Pair) -> None:
    PublishEntries(world.outbox, world.store, world.clock)(pairs)


def stored(world: World, seq: int) -> Entry:
    entry = world.store.get(Ref(Entry, "C1", seq))
    assert entry is not None
    return entry


def test_a_message_on_a_channel_that_is_off_is_failed_and_holds_up_nobody() -> None:
    world = World()
    world.outbox.off = {"fax"}
    lost, fine = written(world, 1, "fax"), written(world, 2, "sms")

    publish(world, (None, lost), (None, fine))

    assert (stored(world, 1).delivery, stored(world, 1).delivery_reason) == (Delivery.FAILED, CHANNEL_OFF)
    assert [(channel, command) for channel, command, _ in world.outbox.sends] == [("sms", Send("C1", 2))]
    assert {fact.id for fact in world.outbox.facts} >= {lost.id, fine.id}


def test_that_it_failed_is_news_as_any_failure_is() -> None:
    world = World()
    world.outbox.off = {"fax"}
    lost = written(world, 1, "fax")
    publish(world, (None, lost))

    publish(world, (lost, stored(world, 1)))

    assert world.outbox.facts[-1].name == "DeliveryFailed"


def test_publishing_it_again_changes_nothing() -> None:
    world = World()
    world.outbox.off = {"fax"}
    lost = written(world, 1, "fax")
    publish(world, (None, lost))
    once = stored(world, 1)

    publish(world, (None, lost))

    assert stored(world, 1) == once


def test_what_was_sent_while_the_channel_was_on_stays_sent() -> None:
    world = World()
    world.outbox.off = {"fax"}
    entry = written(world, 1, "fax")
    sent = replace(entry, delivery=Delivery.SENT, version=2)
    world.store.commit(Put(sent, over=1))

    publish(world, (None, entry))

    assert stored(world, 1) == sent


def test_each_file_that_waits_is_fetched_and_what_changes_later_asks_for_none() -> None:
    world = World()
    there = Part(state=PartState.STORED, key="media/C1/E1/1")
    plain = written(world, 1, "sms")
    parts = (Part(source="https://a.example.test"), there, Part(source="https://b.example.test"))
    came = replace(plain, kind=Kind.MESSAGE_RECEIVED, delivery=None, content=Content("Look", parts))

    publish(world, (None, came), (None, plain))
    publish(world, (came, replace(came, version=2)))

    assert world.outbox.fetches == [FetchPart("C1", 1, 0), FetchPart("C1", 1, 2)]


def about_a_call(world: World, seq: int, kind: Kind, channel: str = "voice") -> Entry:
    entry = Entry("C1", seq, f"E{seq}", START, kind, Audience.STAFF, "system", Way(channel), "K1", "I1")
    world.store.commit(Put(entry))
    return entry


def publish_with_calls(world: World, *pairs: Pair) -> None:
    PublishEntries(world.outbox, world.store, world.clock, frozenset({"voice"}))(pairs)


def test_what_moves_a_call_goes_to_its_operator_in_one_group_with_all_that_is_about_the_call() -> None:
    world = World()
    assigned, survey = about_a_call(world, 1, Kind.ASSIGNED), written(world, 2, "voice")

    publish_with_calls(world, (None, survey), (None, assigned))

    sent = [(channel, command) for channel, command, _ in world.outbox.sends]
    assert sent == [("voice", Send("C1", 1)), ("voice", Send("C1", 2))]
    assert len({group for *_, group in world.outbox.sends}) == 1


@pytest.mark.parametrize(
    ("kind", "channel"), [(Kind.ASSIGNED, "sms"), (Kind.NOTE_ADDED, "voice"), (Kind.OFFER_MADE, "voice")]
)
def test_what_moves_no_call_goes_to_no_operator(kind: Kind, channel: str) -> None:
    world = World()

    publish_with_calls(world, (None, about_a_call(world, 1, kind, channel)))

    assert world.outbox.sends == []


def test_a_later_state_of_what_moved_a_call_moves_nothing_again() -> None:
    world = World()
    before = about_a_call(world, 1, Kind.ASSIGNED)

    publish_with_calls(world, (before, replace(before, version=2)))

    assert world.outbox.sends == []


def test_a_call_on_a_channel_that_is_off_is_moved_by_nobody_and_its_line_stays_as_it_is() -> None:
    world = World()
    world.outbox.off = {"voice"}
    assigned, question = about_a_call(world, 1, Kind.ASSIGNED), written(world, 2, "voice")

    publish_with_calls(world, (None, assigned), (None, question))

    assert stored(world, 1) == assigned
    assert stored(world, 2).delivery is Delivery.FAILED


CALLS = frozenset({"voice"})
WAITS = Content(parts=(Part("RE1.wav", "audio/wav"),))
THERE = Content(parts=(Part("RE1.wav", "audio/wav", state=PartState.STORED),))


def commands(world: World, before: Entry | None, after: Entry) -> list[tuple[str, int]]:
    PublishEntries(world.outbox, world.store, world.clock, CALLS)([(before, after)])
    return [(channel, command.seq) for channel, command, _ in world.outbox.sends]


@pytest.mark.parametrize("kind", [Kind.CALL_RECORDED, Kind.MESSAGE_RECEIVED])
def test_what_was_recorded_goes_to_the_operator_once_its_file_is_stored(kind: Kind) -> None:
    world = World()
    line = replace(written(world, 1, "voice"), kind=kind, delivery=None, content=WAITS)
    there = replace(line, content=THERE)

    assert commands(world, line, there) == [("voice", 1)]
    assert commands(world, there, replace(there, version=9)) == [("voice", 1)], "and not again"


def test_a_file_that_came_with_a_message_moves_no_call() -> None:
    world = World()
    line = replace(written(world, 1, "sms"), kind=Kind.MESSAGE_RECEIVED, delivery=None, content=WAITS)

    assert commands(world, line, replace(line, content=THERE)) == []
