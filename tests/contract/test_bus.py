"""Bus events: what the producers write is what the schemas say, and what every consumer understands."""

import json
from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.adapters.bus import detail
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.centre import Centre
from shared.domain.channel.arrival import (
    Arrival,
    CallbackCancelled,
    CallbackRequest,
    CodeRequest,
    Left,
    Message,
    Reference,
    StateUpdate,
    SurveyAnswer,
)
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.calling import CallBegan, LeftWord, LegHeard, RecordingHeard, Transcribed
from shared.domain.channel.commands import Due, Raw
from shared.domain.channel.receipt import Tally
from shared.domain.customer.call import LegState, RecordingState
from shared.domain.customer.profile import Edit
from shared.domain.declared import Tag
from shared.domain.queue import Need
from shared.domain.report.count_fact import NOT_COUNTED, count_fact
from shared.domain.routing.needs import Placed
from shared.domain.routing.requeue import in_queue, requeued
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import NAMES, Fact
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.edge.bus import fact_of
from shared.use_cases.call.place_call import PlaceCall
from shared.use_cases.case.ask_survey import AskSurvey
from shared.use_cases.case.callback_due import callback_due
from shared.use_cases.case.make_callback import MakeCallback
from shared.use_cases.case.snooze_case import SnoozeCase, snooze_over
from shared.use_cases.case.tag_case import TagCase
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.channel.record_states import RecordStates
from shared.use_cases.channel.route_message import RouteMessage
from shared.use_cases.customer.change_profile import change_profile
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.hand_on import HandOn, Wish
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.sweep_pool import SweepPool
from shared.use_cases.routing.take_case import TakeCase
from shared.use_cases.routing.wrap_up import WrapUp
from tests.support.answering import Answering
from tests.support.facts import LEAST, a_fact
from tests.support.tree import ROOT

FOLDER = ROOT / "events" / "bus"
NAMED = sorted(NAMES)
PHONE = Address("phone", "+821000000001")
ANOTHER = Address("phone", "+821000000002")
VISITOR = Address("visitor", "v1")
CODE = "123456"


@cache
def schema(name: str) -> Draft202012Validator:
    read: Any = json.loads((FOLDER / f"{name}.json").read_text())
    Draft202012Validator.check_schema(read)
    return Draft202012Validator(read)


def faults(fact: Fact) -> list[str]:
    return [f"{fact.name}: {error.message}" for error in schema(fact.name).iter_errors(detail(fact))]


class SmallCentre:
    """A day at a centre of one agent, on the memory twins."""

    def __init__(self) -> None:
        self.world = w = World()
        two = (w.store, w.now)
        self.route = RouteMessage(*two, new_code=lambda: CODE)
        self.assign, self.offers, self.desk = AssignWaiting(*two), AnswerOffer(*two), Answering(*two)
        self.presence, self.survey = ChangePresence(*two), AskSurvey(*two)
        self._n = count(1)
        AddStaff(*two)("one", "Agent One", phone="+821055500201")
        self.presence("one", Presence.AVAILABLE)

    def hear(self, what: Any, sender: Address = PHONE) -> Entry:
        channel = "sms" if sender.kind == "phone" else "chat"
        self.world.clock.advance(5)
        n = str(next(self._n))
        raw = Raw(channel, n, n, self.world.clock(), "{}")
        self.route(raw, Arrival(Way("", sender, "", sender.value, "+15005550006"), what))
        return self.last(Kind.MESSAGE_RECEIVED)

    def call(self, what: Any, sid: str = "CA1", place: CallPlace | None = None) -> None:
        self.world.clock.advance(5)
        n = str(next(self._n))
        way = Way("", PHONE, "", PHONE.value, "+15005550009", sid)
        self.route(Raw("voice", n, n, self.world.clock(), "{}"), Arrival(way, what, call=place))

    def last(self, kind: Kind) -> Entry:
        return next(
            (e for _, e in reversed(self.world.store.stream) if e.kind is kind),
            self.world.store.stream[-1][1],
        )

    def ring(self) -> str:
        self.presence("one", Presence.BREAK)
        self.presence("one", Presence.AVAILABLE)
        self.assign("main", SweepPool(self.world.store, self.world.now)("main"))
        self.world.clock.advance(3)
        return str(self.last(Kind.OFFER_MADE).facts["offer_id"])

    def answer(self, said: Entry, text: str = "hello") -> Entry:
        """Taken, answered on the channel it came by, and closed."""
        self.offers.accept("one", self.ring())
        sent = self.desk.reply(
            "one", said.timeline, said.case_id, said.channel, None, text, f"request-{next(self._n)}"
        )
        self.desk.close("one", said.timeline, said.case_id, "solved")
        return sent

    def ask_survey(self) -> None:
        closed = [fact for fact in self.facts() if fact.name == "CaseClosed"]
        self.survey(closed[-1])

    def facts(self) -> list[Fact]:
        self.world.outbox.facts.clear()
        PublishEntries(self.world.outbox, self.world.store, self.world.clock)(self.world.store.stream)
        return self.world.outbox.facts


def answered_and_scored(centre: SmallCentre) -> None:
    sent = centre.answer(centre.hear(Message(Content("help", (Part(),)))))
    centre.ask_survey()
    centre.hear(Message(Content("5")))
    n = "status"
    state = StateUpdate(Reference(sent.timeline, sent.seq), Delivery.FAILED, "SM1", "unreachable")
    RecordStates(centre.world.store, centre.world.now)([(Raw("sms", n, n, centre.world.clock(), ""), state)])


def not_taken(centre: SmallCentre) -> None:
    centre.hear(Message(Content("hello")), VISITOR)
    centre.offers.decline("one", centre.ring())
    centre.offers.expire("one", centre.ring())
    centre.hear(Left(), VISITOR)
    centre.ask_survey()


def taken_and_left(centre: SmallCentre) -> None:
    centre.hear(Message(Content("hello")), VISITOR)
    centre.offers.accept("one", centre.ring())
    centre.presence("one", Presence.OFFLINE)
    centre.presence("one", Presence.AVAILABLE)


def left_open(centre: SmallCentre) -> None:
    centre.hear(Message(Content("hello")), VISITOR)
    centre.offers.accept("one", centre.ring())
    centre.hear(Left(), VISITOR)


def scored_in_the_chat(centre: SmallCentre) -> None:
    centre.answer(centre.hear(Message(Content("hello")), VISITOR))
    centre.ask_survey()
    centre.hear(SurveyAnswer(4), VISITOR)


def joined(centre: SmallCentre) -> None:
    centre.hear(Message(Content("from the phone")))
    for number in (PHONE, ANOTHER):
        visitor = Address("visitor", f"v{number.value[-1]}")
        centre.hear(Message(Content("from the page")), visitor)
        centre.hear(CodeRequest(number.value), visitor)
        centre.hear(Message(Content("000000")), visitor)
        centre.hear(Message(Content(CODE)), visitor)


def choices(centre: SmallCentre) -> None:
    centre.hear(Message(Content("STOP")))
    centre.hear(Message(Content("START")))


def called(centre: SmallCentre) -> None:
    said = centre.hear(Message(Content("hello")), VISITOR)
    tomorrow = (centre.world.clock() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    centre.hear(CallbackRequest("none"), VISITOR)
    centre.hear(CallbackRequest("010-1234-5678", tomorrow), VISITOR)
    centre.hear(CallbackCancelled(), VISITOR)
    centre.hear(CallbackRequest("010-1234-5678"), VISITOR)
    call = MakeCallback(centre.world.store, centre.world.now)
    for n, reached in enumerate((False, True)):
        centre.offers.accept("one", centre.ring())
        call.tried("one", said.timeline, said.case_id, reached, f"call-000{n}")
        centre.world.clock.advance(600)
        tried = centre.last(Kind.CALLBACK_TRIED)
        again = Due(centre.world.clock(), "callback", tried.timeline, tried.case_id, tried.interaction_id)
        callback_due(centre.world.store, centre.world.now, again)
    call.schedule("one", said.timeline, said.case_id, "010-1234-5678", tomorrow, "later-0001")


def unwanted(centre: SmallCentre) -> None:
    sent = centre.answer(centre.hear(Message(Content("hello"))))
    told = StateUpdate(Reference(sent.timeline, sent.seq), None, "SM1", "complained")
    raw = Raw("sms", "complaint", "complaint", centre.world.clock(), "")
    RecordStates(centre.world.store, centre.world.now)([(raw, told)])


def moved(centre: SmallCentre) -> None:
    said = centre.hear(Message(Content("hello")))
    store, now = centre.world.store, centre.world.now()
    head = head_of(store, said.timeline)
    place = Placed("main", (Need("english", 2),), 3)
    store.commit(
        *requeued(
            head,
            head.cases[0],
            in_queue(head.cases[0].contact, place),
            "settings",
            now,
            told={"unknown": "tier"},
        )
    )


def handed_on(centre: SmallCentre) -> None:
    """To a colleague who was asked first; the work after it takes a while."""
    world, said = centre.world, centre.hear(Message(Content("hello")))
    world.settings = FixedSettings(Centre(acw_seconds=60))
    centre.offers.accept("one", centre.ring())
    AddStaff(world.store, world.now)("two", "Agent Two")
    centre.presence("two", Presence.AVAILABLE)
    hands, wish = HandOn(world.store, world.now), Wish("one", said.timeline, said.case_id, to="two")
    hands.ask(wish, "consult-0001")
    centre.offers.accept("two", str(centre.last(Kind.CONSULT_ASKED).facts["offer_id"]))
    hands.hand_over(wish, "hand-over-0001")
    centre.desk.close("two", said.timeline, said.case_id, "solved")
    world.clock.advance(20)
    WrapUp(world.store, world.now).done("two", said.case_id)


def let_go(centre: SmallCentre) -> None:
    """Back into the queue by the agent's own hand, and taken again."""
    said = centre.hear(Message(Content("hello")))
    centre.offers.accept("one", centre.ring())
    wish = Wish("one", said.timeline, said.case_id, queue="main", note="help")
    HandOn(centre.world.store, centre.world.now).transfer(wish, "transfer-0001")
    centre.offers.accept("one", centre.ring())


def left_alone(centre: SmallCentre) -> None:
    """Tagged, snoozed until its time, then until the customer writes, while its agent is there or is not."""
    world, said = centre.world, centre.hear(Message(Content("hello")))
    world.settings = FixedSettings(Centre(acw_seconds=0, tags=(Tag("vip"),)))
    two, named = (world.store, world.now), ("one", said.timeline, said.case_id)
    TagCase(*two)(*named, ("vip",), (), "tag-000001")
    TakeCase(*two)(*named, "take-00001")
    world.clock.advance(60)
    snooze = SnoozeCase(*two)
    snooze(*named, world.clock() + timedelta(hours=1), "snooze-0001")
    snooze.wake(*named, "wake-00001")
    world.clock.advance(60)
    snooze(*named, world.clock() + timedelta(hours=1), "snooze-0002")
    world.clock.advance(3600)
    slept = centre.last(Kind.CASE_SNOOZED)
    snooze_over(*two, Due(world.clock(), "snooze", slept.timeline, slept.case_id, slept.interaction_id))
    world.clock.advance(60)
    snooze(*named, world.clock() + timedelta(hours=1), "snooze-0003")
    centre.presence("one", Presence.OFFLINE)
    centre.hear(Message(Content("hello")))


def known_better(centre: SmallCentre) -> None:
    """An agent says what the customer is called."""
    said = centre.hear(Message(Content("hello")))
    change_profile(centre.world.store, centre.world.now, said.timeline, 1, Edit(name="help"), "one")


def on_the_phone(centre: SmallCentre) -> None:
    """Taken, closed during the call, left word behind, and hung up."""
    centre.call(CallBegan("CA1"))
    centre.offers.accept("one", centre.ring())
    started = centre.last(Kind.CALL_STARTED)
    member, case, talk = started.timeline, started.case_id, started.interaction_id
    place = CallPlace("recording", started.at, "CA1", PHONE.value, member, case, talk)
    sound = Part("", "audio/wav", source="https://api.twilio.com/RE1.wav")
    centre.call(RecordingHeard("", "RE1", RecordingState.COMPLETED, sound, 42), place=place)
    centre.desk.close("one", started.timeline, started.case_id, "solved")
    centre.ask_survey()
    centre.call(LegHeard("", "CA1", LegState.ENDED, 3, seconds=42))
    centre.call(LeftWord("CA1", Part("", "audio/wav"), 7))
    centre.call(Transcribed("RE1", "hello"))


def rings_a_customer(centre: SmallCentre) -> None:
    """An agent calls who has written to them."""
    said = centre.hear(Message(Content("hello")))
    centre.offers.accept("one", centre.ring())
    number = "+821012345678"
    PlaceCall(centre.world.store, centre.world.now)("one", said.timeline, said.case_id, number, "place-0001")


DAYS = (
    on_the_phone,
    rings_a_customer,
    left_alone,
    known_better,
    called,
    unwanted,
    handed_on,
    let_go,
    answered_and_scored,
    not_taken,
    taken_and_left,
    left_open,
    scored_in_the_chat,
    joined,
    choices,
    moved,
)


@cache
def produced() -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for day in DAYS:
        centre = SmallCentre()
        day(centre)
        facts += centre.facts()
    return tuple(facts)


def test_every_fact_has_a_schema_and_every_schema_a_fact() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMED


def test_the_producers_write_every_kind_of_fact() -> None:
    assert sorted({fact.name for fact in produced()}) == NAMED


def test_what_the_producers_write_is_what_the_schemas_say() -> None:
    assert [fault for fact in produced() for fault in faults(fact)] == []


def test_an_entry_announces_each_fact_once() -> None:
    for day in DAYS:
        centre = SmallCentre()
        day(centre)
        names = [(fact.customer_id, fact.seq, fact.name) for fact in centre.facts()]
        assert len(names) == len(set(names))


def test_no_fact_carries_text_or_an_address() -> None:
    told = json.dumps([detail(fact) for fact in produced()])

    assert not any(word in told for word in ("hello", "help", "from the", PHONE.value, ANOTHER.value, CODE))


def test_the_figures_understand_whatever_is_produced() -> None:
    silent = {fact.name for fact in produced() if not count_fact(fact, Centre())} - {*NOT_COUNTED}

    assert silent - {*NOT_COUNTED} == {"PresenceChanged", "InteractionMoved"}, (
        "only what an agent was while offline is nobody's figure, and a contact that stays in its queue"
    )


def test_every_event_of_a_door_is_handled_once_in_the_ledger() -> None:
    centre = SmallCentre()
    joined(centre)

    adds = [add for fact in centre.facts() for add in count_fact(fact, Centre())]
    handled = [add.item.channel for add in adds if isinstance(add.item, Tally)]

    assert sorted(handled) == ["chat"] * 8 + ["sms"]


def test_consumers_read_the_event_as_it_was_announced() -> None:
    for fact in produced():
        body = json.dumps({"source": "patchbay", "detail-type": fact.name, "detail": detail(fact)})
        assert fact_of(body) == fact


@pytest.mark.parametrize("name", sorted(LEAST))
def test_the_facts_of_our_tests_are_such_facts(name: str) -> None:
    assert faults(a_fact(name)) == []
