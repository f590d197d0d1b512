"""States that name our message by the provider's id: found, waited for while young, then set aside."""

from datetime import timedelta

import pytest

from functions import channels
from functions.delivery_recorder import app
from infra.twins.world import World
from shared.adapters import codec
from shared.domain.change import ABSENT, Put
from shared.domain.channel.arrival import ProviderId, StateUpdate
from shared.domain.channel.carriage import Sent
from shared.domain.channel.commands import Raw, Send
from shared.domain.channel.receipt import Mark, Tally
from shared.domain.channel.sent_as import SentAs
from shared.domain.timeline.entry import Delivery, Entry
from shared.use_cases.channel.record_states import EARLY, RecordStates
from shared.use_cases.channel.send_queued import SendQueued
from tests.support.named import named_by_provider
from tests.support.rule_scene import RuleScene
from tests.support.sqs import batch, failures, record


class Sending:
    """A reply on a channel whose provider speaks of it as P1."""

    def __init__(self) -> None:
        self.scene = RuleScene()
        self.scene.taken()
        self.entry = self.scene.says("Hi")
        self.now = named_by_provider(self.scene.world)

    def send(self) -> None:
        SendQueued(self.scene.world.store, self.now, lambda entry: Sent("P1"))(
            Send(self.entry.timeline, self.entry.seq)
        )

    def word(self, name: str, state: Delivery = Delivery.DELIVERED) -> tuple[Raw, StateUpdate]:
        return self.scene.raw("sms", f"{name}:{state}"), StateUpdate(ProviderId(name), state)

    def hears(self, *told: tuple[Raw, StateUpdate]) -> list[Raw]:
        return list(RecordStates(self.scene.world.store, self.now)(told))

    def delivery(self) -> Delivery | None:
        return self.scene.get(Entry, self.entry.timeline, self.entry.seq).delivery


def test_a_state_finds_the_message_by_the_providers_id() -> None:
    sending = Sending()
    sending.send()

    assert sending.hears(sending.word("P1")) == []

    assert sending.delivery() is Delivery.DELIVERED
    assert [tally.delivery_states for tally in sending.scene.all(Tally)] == [1]


def test_the_name_is_kept_for_forty_days_and_only_where_the_channel_asks_for_it() -> None:
    sending = Sending()
    sending.send()
    (kept,) = sending.scene.all(SentAs)

    assert (kept.channel, kept.provider_id) == ("sms", "P1")
    assert (kept.customer_id, kept.seq) == (sending.entry.timeline, sending.entry.seq)
    assert kept.expires_at - sending.scene.world.clock() == timedelta(days=40)

    sending.now = sending.scene.world.now
    sending.scene.world.store.items.pop(("SENT#sms#P1", "SENT"))
    sending.entry = sending.scene.says("Once more", key="key-0002")
    sending.send()
    assert sending.scene.all(SentAs) == []


def test_a_state_that_is_faster_than_we_comes_again_and_is_not_lost() -> None:
    sending = Sending()
    early = sending.word("P1")

    assert sending.hears(early) == [early[0]]
    assert sending.scene.all(Mark) == []

    sending.send()
    assert sending.hears(early) == []
    assert sending.delivery() is Delivery.DELIVERED


def test_an_early_state_does_not_hold_up_those_that_are_found() -> None:
    sending = Sending()
    sending.send()
    early, found = sending.word("P2"), sending.word("P1", Delivery.READ)

    assert sending.hears(early, found) == [early[0]]

    assert sending.delivery() is Delivery.READ


def test_a_state_that_nobody_knows_for_long_is_set_aside() -> None:
    sending = Sending()
    foreign = sending.word("P9")
    sending.scene.world.clock.advance(EARLY.total_seconds())

    assert sending.hears(foreign) == []

    assert [mark.reason for mark in sending.scene.all(Mark)] == ["unknown_message"]


def test_an_id_of_one_channel_says_nothing_on_another() -> None:
    sending = Sending()
    sending.send()
    raw, update = sending.word("P1")
    other = Raw("chat", raw.event_id, raw.acceptance, raw.accepted_at, raw.payload)

    assert sending.hears((other, update)) == [other]

    assert sending.delivery() is Delivery.SENT


def test_the_recorder_lets_only_the_early_record_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms = channels.load("sms").inbound
    monkeypatch.setattr(sms, "parse_state", lambda raw: StateUpdate(ProviderId(raw.event_id), Delivery.READ))
    at = world.clock()
    world.store.commit(Put(SentAs("sms", "P1", "nobody", 1, at + timedelta(days=1)), over=ABSENT))
    raws = [Raw("sms", name, f"{name}.s0", at, "payload") for name in ("P1", "P2")]

    answer = app.handler(batch(*(record(raw.event_id, codec.encode(raw)) for raw in raws)), None)

    assert failures(answer) == ["P2"]
