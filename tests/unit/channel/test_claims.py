"""A claim ends: put back while it is ours, whatever was heard meanwhile, or found by the round."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.change import Put
from shared.domain.channel.arrival import Reference, StateUpdate
from shared.domain.channel.carriage import Later, NoAnswer, Result, Sent, Waits
from shared.domain.channel.commands import DueRow, Send
from shared.domain.errors import TryAgain
from shared.domain.timeline.entry import Delivery, Entry
from shared.use_cases.channel.record_states import RecordStates
from shared.use_cases.channel.send_queued import CLAIM, SendQueued
from shared.use_cases.keep_time import KeepTime
from tests.support.rule_scene import RuleScene


class Claimed:
    """A reply on its way, with a word of the provider that comes while it is carried."""

    def __init__(self, word: Delivery = Delivery.SENDING) -> None:
        self.scene, self.word, self.calls = RuleScene(), word, 0
        self.scene.taken()
        self.first = self.scene.says("First")

    def sends(self, *results: Result | NoAnswer) -> None:
        answers = [*results]

        def carry(entry: Entry) -> Result | NoAnswer:
            self.calls += 1
            if self.calls == 1:
                self.hears()
            return answers.pop(0)

        SendQueued(*self.scene.needs, carry)(Send(self.first.timeline, self.first.seq))

    def hears(self) -> None:
        raw = self.scene.raw("sms", "SM1:early")
        told = StateUpdate(Reference(self.first.timeline, self.first.seq), self.word, "SM1")
        RecordStates(*self.scene.needs)([(raw, told)])

    @property
    def entry(self) -> Entry:
        return self.scene.get(Entry, self.first.timeline, self.first.seq)

    def sweeps(self) -> None:
        KeepTime(*self.scene.needs, self.scene.world.outbox).sweep()


def test_what_the_carrier_did_not_take_is_queued_again_although_somebody_wrote_meanwhile() -> None:
    claimed = Claimed()

    with pytest.raises(TryAgain, match="too_many"):
        claimed.sends(Later("too_many"))

    assert (claimed.entry.delivery, claimed.entry.attempt_until) == (Delivery.QUEUED, None)
    assert len(claimed.entry.heard) == 1


def test_who_is_not_at_the_socket_gets_it_later_although_somebody_wrote_meanwhile() -> None:
    claimed = Claimed()

    claimed.sends(Waits())
    claimed.sends(Sent("SM1"))

    assert claimed.entry.delivery is Delivery.SENT


def test_a_state_that_was_heard_meanwhile_is_not_put_back() -> None:
    claimed = Claimed(Delivery.DELIVERED)

    claimed.sends(Later("too_many"))

    assert claimed.entry.delivery is Delivery.DELIVERED


def test_a_claim_of_another_hand_is_not_put_back() -> None:
    claimed = Claimed()
    until = claimed.scene.world.clock() + timedelta(minutes=5)

    def taken_over() -> None:
        entry = replace(claimed.entry, attempt_until=until, version=claimed.entry.version + 1)
        claimed.scene.world.store.commit(Put(entry, over=entry.version - 1))

    claimed.hears = taken_over  # type: ignore[method-assign]
    claimed.sends(Later("too_many"))

    assert (claimed.entry.delivery, claimed.entry.attempt_until) == (Delivery.SENDING, until)


def test_a_sender_that_died_on_the_last_of_its_tries_is_found_by_the_round() -> None:
    claimed = Claimed()
    with pytest.raises(TryAgain):
        claimed.sends(Later("too_many"))
    with pytest.raises(KeyboardInterrupt):
        SendQueued(*claimed.scene.needs, _dies)(Send(claimed.first.timeline, claimed.first.seq))
    claimed.scene.world.clock.advance(CLAIM.seconds)

    claimed.sweeps()

    assert (claimed.entry.delivery, claimed.entry.delivery_reason) == (Delivery.UNKNOWN, "no_answer")


def test_a_claim_that_was_settled_in_time_is_left_alone_by_the_round() -> None:
    claimed = Claimed()
    with pytest.raises(TryAgain):
        claimed.sends(Later("too_many"))
    with pytest.raises(TryAgain):
        claimed.sends(Later("too_many"))
    claimed.scene.world.clock.advance(CLAIM.seconds)

    claimed.sweeps()

    assert claimed.entry.delivery is Delivery.QUEUED
    assert claimed.scene.all(DueRow) == []


def test_a_first_try_arms_no_timer_as_its_command_comes_again() -> None:
    claimed = Claimed()

    claimed.sends(Sent("SM1"))

    assert claimed.scene.all(DueRow) == []


def _dies(entry: Entry) -> Result:
    raise KeyboardInterrupt
