"""One provider call per message, in the order they were written, whatever happens in between."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from shared.domain.address.address import Address
from shared.domain.change import Put, Ref
from shared.domain.channel.arrival import CodeRequest, Reference, StateUpdate
from shared.domain.channel.carriage import Failed, Later, NoAnswer, Result, Sent, Waits
from shared.domain.channel.commands import Send
from shared.domain.customer.evidence import Consent
from shared.domain.errors import Rejected, TryAgain
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.domain.timeline.rising import NOT_COLLECTED
from shared.ports import Store
from shared.use_cases.channel.record_states import RecordStates
from shared.use_cases.channel.replay import Replay
from shared.use_cases.channel.send_queued import SendQueued
from shared.use_cases.keep_time import KeepTime
from tests.support.rule_scene import VISITOR, RuleScene


@dataclass
class Carrier:
    """Answers with `results` first, then takes everything; keeps what it was given."""

    results: list[Result | NoAnswer | Exception] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __call__(self, entry: Entry) -> Result | NoAnswer:
        self.texts.append(entry.text)
        result = self.results.pop(0) if self.results else Sent(f"SM{len(self.texts)}")
        if isinstance(result, Exception):
            raise result
        return result


@dataclass
class Sending:
    """A scene with a reply that waits to be sent."""

    scene: RuleScene = field(default_factory=RuleScene)
    carrier: Carrier = field(default_factory=Carrier)

    def __post_init__(self) -> None:
        self.scene.taken()
        self.entry = self.scene.says("First")

    def send(self, entry: Entry | None = None) -> None:
        asked = entry or self.entry
        SendQueued(*self.scene.needs, self.carrier)(Send(asked.timeline, asked.seq))

    def now(self, entry: Entry | None = None) -> Entry:
        asked = entry or self.entry
        return self.scene.get(Entry, asked.timeline, asked.seq)

    def hears(self, state: Delivery, event_id: str = "SM1:state") -> None:
        raw = self.scene.raw("sms", event_id)
        update = StateUpdate(Reference(self.entry.timeline, self.entry.seq), state, "SM1")
        RecordStates(self.scene.world.store, self.scene.world.now)([(raw, update)])


def test_a_message_is_sent_and_keeps_the_carriers_name_for_it() -> None:
    sending = Sending()

    sending.send()

    assert (sending.now().delivery, sending.now().provider_id) == (Delivery.SENT, "SM1")


def test_the_same_command_again_does_not_call_again() -> None:
    sending = Sending()

    sending.send()
    sending.send()

    assert sending.carrier.texts == ["First"]


def test_whichever_command_comes_first_the_messages_leave_in_the_order_of_their_numbers() -> None:
    sending = Sending()
    second = sending.scene.says("Second", key="key-0002")

    sending.send(second)
    sending.send()

    assert sending.carrier.texts == ["First", "Second"]


def test_another_channel_does_not_wait_for_this_one() -> None:
    sending = Sending()
    sending.scene.chat("Hi", visitor=VISITOR)
    sending.scene.proves()
    chat = next(e for e in sending.scene.entries(Kind.MESSAGE_SENT) if e.channel == "chat")

    sending.send(chat)

    assert "First" not in sending.carrier.texts


def test_a_claim_past_its_time_means_somebody_died_so_nobody_calls_again() -> None:
    sending = Sending()
    claimed = replace(
        sending.entry,
        delivery=Delivery.SENDING,
        attempt_until=sending.scene.world.clock() + timedelta(seconds=30),
        version=2,
    )
    sending.scene.world.store.commit(Put(claimed, over=1))

    with pytest.raises(TryAgain):
        sending.send()
    sending.scene.world.clock.advance(31)
    sending.send()

    assert sending.carrier.texts == []
    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.UNKNOWN, "no_answer")


def test_two_hands_at_once_make_one_call() -> None:
    sending = Sending()
    sending.scene.world.store.before_commit = lambda writes: sending.send()

    with pytest.raises(TryAgain):
        sending.send()
    sending.send()

    assert sending.carrier.texts == ["First"]
    assert sending.now().delivery is Delivery.SENT


def test_no_answer_is_unknown_and_final() -> None:
    sending = Sending(carrier=Carrier([NoAnswer("timeout")]))

    sending.send()
    sending.send()

    assert sending.carrier.texts == ["First"]
    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.UNKNOWN, "timeout")


def test_a_callback_knows_better_than_unknown() -> None:
    sending = Sending(carrier=Carrier([NoAnswer("timeout")]))
    sending.send()

    sending.hears(Delivery.DELIVERED)

    assert sending.now().delivery is Delivery.DELIVERED


def test_a_refusal_says_why() -> None:
    sending = Sending(carrier=Carrier([Failed("unreachable", "30003")]))

    sending.send()

    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.FAILED, "unreachable")


def test_the_carriers_opt_out_closes_the_way_at_once_and_its_code_is_kept() -> None:
    sending = Sending(carrier=Carrier([Failed("opted_out", "21610")]))
    second = sending.scene.says("Second", key="key-0002")

    sending.send()
    sending.send(second)
    sending.scene.surveys(sending.scene.closes())

    assert sending.carrier.texts == ["First"]
    assert (sending.now().delivery_reason, sending.now().delivery_code) == ("opted_out", "21610")
    assert sending.now(second).delivery_reason == "opted_out"
    assert [entry.facts["reason"] for entry in sending.scene.entries(Kind.SURVEY_SUPPRESSED)] == ["opted_out"]


@pytest.mark.parametrize(("moved", "closed"), [(-1, True), (1, False)])
def test_a_callback_that_tells_of_an_opt_out_closes_the_way_unless_they_came_back_since(
    moved: int, closed: bool
) -> None:
    sending = Sending()
    sending.send()
    word = StateUpdate(
        Reference(sending.entry.timeline, sending.entry.seq), Delivery.FAILED, "SM1", "opted_out", "21610"
    )
    raw = sending.scene.raw("sms", "SM1:failed")
    sending.scene.sms("START", at=raw.accepted_at + timedelta(seconds=moved))

    RecordStates(*sending.scene.needs)([(raw, word), (replace(raw, acceptance="again"), word)])

    assert [consent.opted_out for consent in sending.scene.all(Consent)] == [closed]
    assert sending.now().delivery_code == "21610"


def test_what_cannot_be_rendered_has_failed() -> None:
    sending = Sending(carrier=Carrier([Rejected("too_long")]))

    sending.send()

    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.FAILED, "too_long")


def test_later_goes_back_into_the_queue_and_comes_again() -> None:
    sending = Sending(carrier=Carrier([Later("too_many")]))

    with pytest.raises(TryAgain, match="too_many"):
        sending.send()
    assert sending.now().delivery is Delivery.QUEUED
    sending.send()

    assert sending.carrier.texts == ["First", "First"]
    assert sending.now().delivery is Delivery.SENT


def test_who_is_not_there_gets_it_when_they_come_back() -> None:
    sending = Sending(carrier=Carrier([Waits()]))

    sending.send()

    assert (sending.now().delivery, sending.now().attempt_until) == (Delivery.QUEUED, None)


def test_after_its_last_moment_nobody_tries() -> None:
    sending = Sending()
    sending.scene.world.clock.advance(3600)

    sending.send()

    assert sending.carrier.texts == []
    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.FAILED, "gave_up")


def test_who_opted_out_in_the_meantime_gets_nothing() -> None:
    sending = Sending()
    sending.scene.sms("STOP")

    sending.send()

    assert sending.carrier.texts == []
    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.FAILED, "opted_out")


@pytest.mark.parametrize(
    ("early", "after"),
    [
        (Delivery.DELIVERED, Delivery.DELIVERED),
        (Delivery.FAILED, Delivery.FAILED),
        (Delivery.SENDING, Delivery.SENT),
    ],
)
def test_a_callback_that_overtakes_the_answer_is_neither_lost_nor_lowered(
    early: Delivery, after: Delivery
) -> None:
    sending = Sending()

    def carry(entry: Entry) -> Result:
        sending.hears(early)
        return Sent("SM1")

    SendQueued(*sending.scene.needs, carry)(Send(sending.entry.timeline, sending.entry.seq))

    assert sending.now().delivery is after
    assert (sending.now().provider_id, len(sending.now().heard)) == ("SM1", 1)


def test_a_code_gets_its_digits_at_the_last_moment_and_leaves_none_behind() -> None:
    scene = RuleScene(code="424242")
    scene.chat("Hello")
    scene.does(CodeRequest("010-1234-5678"))
    sent, carrier = scene.entries(Kind.CODE_SENT)[0], Carrier()

    SendQueued(*scene.needs, carrier)(Send(sent.timeline, sent.seq))

    assert "424242" in carrier.texts[0]
    assert "424242" not in str(scene.all(Entry))


def test_a_code_that_is_over_is_not_sent() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.proves()
    sent, carrier = scene.entries(Kind.CODE_SENT)[0], Carrier()

    SendQueued(*scene.needs, carrier)(Send(sent.timeline, sent.seq))

    assert carrier.texts == []
    assert scene.get(Entry, sent.timeline, sent.seq).delivery_reason == "code_over"


def test_a_command_for_nothing_is_nothing() -> None:
    sending = Sending()
    received = sending.scene.entries(Kind.MESSAGE_RECEIVED)[0]

    sending.send(received)
    sending.send(replace(received, seq=999))

    assert sending.carrier.texts == []
    assert sending.scene.world.store.get(Ref(Entry, received.timeline, 999)) is None


def test_a_claim_whose_answer_was_lost_ends_as_unknown() -> None:
    """The client made the request twice: the first was taken, the second told us that another was faster."""
    sending = Sending()
    store = sending.scene.world.store
    store.before_commit = lambda writes: store.commit(*writes)

    with pytest.raises(TryAgain):
        sending.send()
    sending.scene.world.clock.advance(31)
    sending.send()

    assert sending.carrier.texts == []
    assert sending.now().delivery is Delivery.UNKNOWN


def test_what_nobody_can_send_does_not_look_as_if_somebody_would() -> None:
    sending = Sending()
    send = SendQueued(*sending.scene.needs, sending.carrier)

    send.give_up(Send(sending.entry.timeline, sending.entry.seq), "bug_KeyError")

    assert (sending.now().delivery, sending.now().delivery_reason) == (Delivery.FAILED, "bug_KeyError")


def test_what_a_visitor_never_came_for_fails_in_the_end_and_may_still_be_collected() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    head = scene.visitor_head()
    case = head.cases[0].id
    entry = scene.answering().reply("one", head.customer_id, case, "chat", None, "Yes", "key-0001")
    SendQueued(*scene.needs, Carrier([Waits()]))(Send(entry.timeline, entry.seq))
    scene.world.clock.advance(3600)

    KeepTime(*scene.needs, scene.world.outbox).sweep()

    failed = scene.get(Entry, entry.timeline, entry.seq)
    assert (failed.delivery, failed.delivery_reason) == (Delivery.FAILED, NOT_COLLECTED)
    shown = Replay(scene.world.store, "chat")(Address("visitor", VISITOR), 0).entries
    assert [line.text for line in shown] == ["Yes"]
    seen = StateUpdate(Reference(entry.timeline, entry.seq), Delivery.DELIVERED, "")
    RecordStates(*scene.needs)([(scene.raw("chat"), seen)])
    assert scene.get(Entry, entry.timeline, entry.seq).delivery is Delivery.DELIVERED


def test_a_message_that_waits_far_behind_leaves_first_whichever_command_comes_first() -> None:
    sending = Sending()
    for n in range(30):
        sending.scene.sms(f"{n}")
    second = sending.scene.says("Second", "key-0002")

    sending.send(second)
    sending.send()

    assert sending.carrier.texts == ["First", "Second"]


class Reads:
    """A store that counts the queries made of it."""

    def __init__(self, store: Store) -> None:
        self._store, self.queries = store, 0

    def find(self, *asked: Any, **how: Any) -> Any:
        self.queries += 1
        return self._store.find(*asked, **how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_one_read_is_enough_where_a_message_before_it_has_left() -> None:
    sending = Sending()
    for n in range(30):
        sending.scene.sms(f"{n}")
    sending.send()
    second = sending.scene.says("Second", "key-0002")
    third = sending.scene.says("Third", "key-0003")
    sending.send(second)
    reads = Reads(sending.scene.world.store)

    SendQueued(cast(Store, reads), sending.scene.needs[1], sending.carrier)(Send(third.timeline, third.seq))

    assert (reads.queries, sending.carrier.texts) == (1, ["First", "Second", "Third"])
