"""A customer calls: each call is a contact of its own, greeted by a flow where one greets."""

from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.channel.commands import Due
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import LegState, Spot
from shared.domain.customer.head import ContactState
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Refused
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.domain.queue import Queue
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.entry import Delivery, Kind
from shared.use_cases.case.expire_flow import expire_flow
from tests.support.caller import DESK_PHONE, OUR_LINE, Caller
from tests.support.consistency import faults
from tests.support.flows import WELCOME, both
from tests.support.rule_scene import NUMBER, RuleScene

K = Kind


def greeting(flow: Flow = WELCOME, **centre: object) -> RuleScene:
    told = {"flow": flow.name, **centre}
    return RuleScene(World(settings=FixedSettings(Centre(**told), [flow])), phone=DESK_PHONE)  # type: ignore[arg-type]


@pytest.fixture
def scene() -> RuleScene:
    return RuleScene(phone=DESK_PHONE)


# without a flow


def test_a_call_of_a_stranger_opens_a_case_and_waits(scene: RuleScene) -> None:
    caller = Caller(scene)

    assert caller.rings() is Outcome.HANDLED

    (case,) = scene.head().cases
    assert (case.contact.channel, case.contact.state) == ("voice", ContactState.WAITING)
    assert [entry.kind for entry in scene.entries()] == [K.CALL_STARTED]
    assert scene.all(Waiting)[0].interaction_id == case.contact.interaction_id
    assert faults(scene.world.store) == []


def test_the_call_begins_with_its_line_in_one_transaction(scene: RuleScene) -> None:
    caller = Caller(scene)

    caller.rings()

    call = caller.call()
    (case,) = scene.head().cases
    assert (call.case_id, call.interaction_id) == (case.id, case.contact.interaction_id)
    assert (call.spot, call.own_side, call.outbound) == (Spot.QUEUE, OUR_LINE, False)
    assert [(leg.sid, leg.state) for leg in call.legs] == [("CA1", LegState.TALKING)]
    assert len(scene.world.store.commits) == 1


def test_who_called_was_last_heard_by_phone(scene: RuleScene) -> None:
    scene.chat("Hello")
    caller = Caller(scene)

    caller.rings()

    last = scene.head().last
    assert last and (last.way.channel, last.way.thread) == ("voice", "CA1")


def test_a_call_told_twice_is_one(scene: RuleScene) -> None:
    caller = Caller(scene)
    caller.rings()

    assert caller.tell(0) is Outcome.DUPLICATE
    assert len(scene.entries(K.CALL_STARTED)) == 1


def test_two_calls_from_one_number_are_two(scene: RuleScene) -> None:
    one, two = Caller(scene), Caller(scene, sid="CA2")

    one.rings()
    two.rings()

    (case,) = scene.head().cases
    assert [contact.state for contact in case.contacts] == [ContactState.WAITING] * 2
    two.hangs_up()
    assert [one.way.thread for one in scene.head().cases[0].interactions] == ["CA1"]
    assert faults(scene.world.store) == []


def test_a_call_rings_the_owner_while_a_chat_of_the_same_case_is_open(scene: RuleScene) -> None:
    case = scene.taken()
    caller = Caller(scene)

    caller.rings()
    scene.assign()

    (same,) = scene.head().cases
    assert (same.id, same.owner, len(same.interactions)) == (case.id, "one", 2)
    assert (same.contacts[1].state, same.contacts[1].agent) == (ContactState.OFFERED, "one")
    assert faults(scene.world.store) == []


def test_a_call_soon_after_the_end_takes_the_case_up_again(scene: RuleScene) -> None:
    scene.taken()
    scene.closes("solved")
    caller = Caller(scene)

    caller.rings()

    (case,) = scene.head().cases
    assert scene.get(Case, case.member, case.id).reopened == 1
    assert scene.entries(K.CALL_STARTED)[0].facts["reopened"] is True
    assert faults(scene.world.store) == []


# who calls


def test_a_withheld_caller_is_one_customer_for_the_whole_call(scene: RuleScene) -> None:
    caller = Caller(scene, number="withheld-CA1")
    caller.rings()

    caller.hangs_up()

    owner = scene.owner(Address("phone", "withheld-CA1"))
    assert len({entry.timeline for entry in scene.entries()}) == 1
    assert [one.kind for one in scene.entries()] == [K.CALL_STARTED, K.CASE_CLOSED]
    assert owner.customer_id == scene.entries()[0].timeline


def test_two_withheld_callers_are_two_customers(scene: RuleScene) -> None:
    Caller(scene, number="withheld-CA1").rings()

    Caller(scene, sid="CA2", number="withheld-CA2").rings()

    assert len({entry.timeline for entry in scene.entries()}) == 2


@pytest.mark.parametrize("number", ["sip:kim@pbx.example:5060", "client:kim"])
def test_a_caller_without_a_number_has_an_address_too(scene: RuleScene, number: str) -> None:
    Caller(scene, number=number).rings()

    Caller(scene, sid="CA2", number=number).rings()

    assert len({entry.timeline for entry in scene.entries()}) == 1


# with a flow


def test_a_flow_greets_a_caller_and_what_it_says_is_said_already() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)

    caller.rings()

    (case,) = scene.head().cases
    assert (case.contact.state, case.contact.flow and case.contact.flow.step) == (ContactState.FLOW, "topic")
    words = scene.entries(K.MESSAGE_SENT)[0]
    assert (words.text, words.delivery) == ("Hello(ko)\nWhat about?(ko)", Delivery.DELIVERED)
    assert (caller.call().spot, scene.all(Waiting)) == (Spot.MENU, [])
    assert faults(scene.world.store) == []


def test_a_withheld_caller_is_greeted_too() -> None:
    scene = greeting()

    Caller(scene, WELCOME, number="withheld-CA1").rings()

    assert [entry.kind for entry in scene.entries()] == [K.CALL_STARTED, K.MESSAGE_SENT]


def test_a_flow_for_other_channels_greets_nobody_on_the_phone() -> None:
    flow = replace(WELCOME, channels=("chat",))
    scene = greeting(flow)

    Caller(scene).rings()

    assert scene.head().cases[0].contact.state is ContactState.WAITING


def test_what_was_pressed_is_the_words_of_the_choice() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()

    caller.keys("1")

    heard, said = scene.entries(K.MESSAGE_RECEIVED)[0], scene.entries(K.MESSAGE_SENT)[-1]
    assert (heard.text, heard.facts["choice"], heard.facts["door"]) == ("Delivery(ko)", "delivery", "voice")
    assert (said.text, said.delivery) == ("Your order?(ko)", Delivery.DELIVERED)
    assert faults(scene.world.store) == []


def test_digits_that_are_never_kept_are_stars() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()
    caller.keys("2")

    caller.keys("4111111111111111")

    assert scene.entries(K.MESSAGE_RECEIVED)[-1].text == "*" * 16
    assert scene.entries(K.HANDED_OVER)[-1].text == "Card(ko) · " + "*" * 16


def test_who_says_nothing_is_asked_again_and_has_said_nothing() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()

    caller.keys("")

    assert [entry.kind for entry in scene.entries()] == [K.CALL_STARTED, K.MESSAGE_SENT, K.MESSAGE_SENT]
    assert scene.entries()[-1].facts["door"] == "voice"
    assert faults(scene.world.store) == []


def test_at_the_hand_over_the_call_waits() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()

    caller.keys("4")

    (case,) = scene.head().cases
    assert (case.contact.state, case.contact.flow) == (ContactState.WAITING, None)
    assert (caller.call().spot, len(scene.all(Waiting))) == (Spot.QUEUE, 1)
    assert faults(scene.world.store) == []


def test_a_late_key_is_on_record_and_moves_nobody_back() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()
    early = caller.at
    caller.keys("1")
    moved = scene.head().cases[0].contact

    caller.at = early
    caller.keys("3")

    assert scene.head().cases[0].contact == moved
    assert [entry.text for entry in scene.entries(K.MESSAGE_RECEIVED)] == ["Delivery(ko)", "Hours(ko)"]


def test_a_key_after_the_hand_over_is_on_record() -> None:
    scene = greeting()
    caller = Caller(scene, WELCOME)
    caller.rings()
    early = caller.at
    caller.keys("4")

    caller.at = early
    caller.keys("1")

    assert scene.head().cases[0].contact.state is ContactState.WAITING
    assert faults(scene.world.store) == []


def test_a_call_into_a_case_that_somebody_has_is_greeted_and_then_rings_them() -> None:
    scene = greeting(replace(WELCOME, channels=("voice",)))
    scene.taken()
    caller = Caller(scene, WELCOME)
    caller.rings()
    assert [c.state for c in scene.head().cases[0].contacts] == [ContactState.CONNECTED, ContactState.FLOW]

    caller.keys("4")
    scene.assign()

    contact = scene.head().cases[0].contacts[1]
    assert (contact.state, contact.agent) == (ContactState.OFFERED, "one")
    assert faults(scene.world.store) == []


def test_the_owner_of_a_case_that_was_taken_up_again_is_asked_first() -> None:
    scene = greeting(replace(WELCOME, channels=("voice",)))
    scene.hire("two")
    scene.taken()
    scene.closes("solved")
    scene.world.clock.advance(3600)
    caller = Caller(scene, WELCOME)

    caller.rings()
    caller.keys("4")

    assert scene.head().cases[0].contact.preferred == "one"
    assert faults(scene.world.store) == []


def test_a_message_beside_a_call_in_the_menu_is_a_message() -> None:
    scene = greeting(replace(WELCOME, channels=("voice",)))
    caller = Caller(scene, WELCOME)
    caller.rings()

    scene.sms("I am calling you")

    assert scene.head().cases[0].contact.state is ContactState.FLOW
    assert scene.entries()[-1].kind is K.MESSAGE_RECEIVED
    assert faults(scene.world.store) == []


SHORT = Flow(
    "short",
    (
        Step("ask", StepKind.COLLECT, both("Number?"), next="done", least=1, most=2),
        Step("done", StepKind.END, both("Thank you.")),
    ),
)


def test_a_flow_that_serves_the_caller_closes_their_case() -> None:
    scene = greeting(SHORT)
    caller = Caller(scene, SHORT)
    caller.rings()

    caller.keys("7")

    closed = scene.entries(K.CASE_CLOSED)[0]
    assert (scene.head().cases, closed.facts["disposition"]) == ((), "self_served")
    assert caller.call().spot is Spot.GOODBYE
    assert faults(scene.world.store) == []


def test_a_flow_that_serves_a_caller_leaves_the_rest_of_their_case() -> None:
    scene = greeting(replace(SHORT, channels=("voice",)))
    case = scene.taken()
    caller = Caller(scene, SHORT)
    caller.rings()

    caller.keys("7")
    caller.hangs_up()

    (same,) = scene.head().cases
    assert (same.id, len(same.contacts), len(same.interactions)) == (case.id, 1, 1)
    assert faults(scene.world.store) == []


def test_a_flow_that_only_says_something_serves_the_caller_at_once() -> None:
    flow = Flow("closed", (Step("done", StepKind.END, both("We are closed.")),))
    scene = greeting(flow)
    caller = Caller(scene, flow)

    caller.rings()

    assert [entry.kind for entry in scene.entries()] == [K.CALL_STARTED, K.MESSAGE_SENT, K.CASE_CLOSED]
    assert [case.disposition for case in scene.all(Case)] == ["self_served"]
    assert faults(scene.world.store) == []


def test_a_call_that_is_over_is_over_in_every_place() -> None:
    flow = Flow("closed", (Step("done", StepKind.END, both("We are closed.")),))
    scene = greeting(flow)
    caller = Caller(scene, flow)
    caller.rings()

    caller.hangs_up()

    assert caller.call().customer is None
    assert scene.entries()[-1].kind is K.LEG_CHANGED
    assert all(one.ended_at for one in scene.all(Interaction))
    assert faults(scene.world.store) == []


def test_a_callback_at_the_end_of_the_menu_keeps_the_place_after_the_call() -> None:
    flow = Flow(
        "call",
        (
            Step("ask", StepKind.COLLECT, both("Order?"), next="human", least=1, most=2),
            Step("human", StepKind.HAND_OVER, both("Thank you."), callback=True),
        ),
    )
    scene = greeting(flow)
    caller = Caller(scene, flow)
    caller.rings()
    caller.keys("7")

    caller.hangs_up()

    (case,) = scene.head().cases
    assert case.contact.callback and case.contact.callback.address == Address("phone", NUMBER)
    assert (case.contact.state, case.interactions) == (ContactState.WAITING, ())
    assert faults(scene.world.store) == []


# a language, and a word at the end of the menu

SPEAKS = Flow(
    "speaks",
    (
        Step("language", StepKind.LANGUAGE, {"ko": "한국어", "en": "English"}, next="ask"),
        Step("ask", StepKind.COLLECT, {"ko": "주문 번호?", "en": "Order?"}, next="word", least=1, most=4),
        Step("word", StepKind.VOICEMAIL, {"ko": "남겨 주세요.", "en": "Leave word."}, queue="second"),
    ),
)


def test_the_language_that_a_caller_chooses_is_theirs_from_now_on() -> None:
    scene = greeting(SPEAKS)
    caller = Caller(scene, SPEAKS)
    caller.rings()

    caller.keys("2")

    assert scene.entries(K.MESSAGE_RECEIVED)[0].text == "English"
    assert (scene.head().language, scene.entries(K.MESSAGE_SENT)[-1].text) == ("en", "Order?")


def test_who_hangs_up_at_the_tone_has_left_no_word() -> None:
    scene = greeting(SPEAKS)
    caller = Caller(scene, SPEAKS)
    caller.rings()
    caller.keys("1")
    caller.keys("7")
    assert (caller.call().spot, scene.head().cases[0].contact.state) == (Spot.VOICEMAIL, ContactState.FLOW)

    caller.hangs_up()

    assert scene.all(Case)[0].disposition == "left_flow"
    assert faults(scene.world.store) == []


def test_a_word_at_the_end_of_the_menu_waits_in_the_queue_of_the_menu() -> None:
    scene = greeting(SPEAKS, queues=(Queue("main"), Queue("second")))
    caller = Caller(scene, SPEAKS)
    caller.rings()
    caller.keys("2")
    caller.keys("7")

    caller.leaves_word()
    caller.hangs_up()

    (case,) = scene.head().cases
    assert (case.contact.queue, case.contact.state) == ("second", ContactState.WAITING)
    assert scene.get(Case, case.member, case.id).queue == "second"
    assert faults(scene.world.store) == []


def test_a_flow_that_hands_over_at_once_puts_the_caller_into_the_queue() -> None:
    flow = Flow("straight", (Step("human", StepKind.HAND_OVER, both("One moment.")),))
    scene = greeting(flow)
    caller = Caller(scene, flow)

    caller.rings()

    assert caller.call().spot is Spot.QUEUE
    assert [entry.kind for entry in scene.entries()] == [K.CALL_STARTED, K.MESSAGE_SENT, K.HANDED_OVER]
    assert faults(scene.world.store) == []


# words of the carrier that name their member


def test_a_token_leads_to_its_member_whatever_the_number_is() -> None:
    scene = RuleScene(phone=DESK_PHONE)
    caller = Caller(scene)
    caller.rings()
    caller.number = "anonymous"

    caller.hangs_up()

    assert len({entry.timeline for entry in scene.entries()}) == 1
    assert scene.entries()[-1].kind is K.CASE_CLOSED


def test_a_call_of_a_number_that_was_proven_lies_under_its_own_customer_and_rings_the_other() -> None:
    scene = RuleScene(phone=DESK_PHONE)
    scene.chat("Hello")
    scene.sms("Hello")
    scene.proves()
    caller = Caller(scene)

    caller.rings()
    caller.hangs_up()

    member = scene.owner(Address("phone", NUMBER)).customer_id
    assert (caller.call().customer_id, caller.call().customer) == (member, None)
    assert faults(scene.world.store) == []


def test_nothing_is_written_to_a_telephone() -> None:
    scene = RuleScene(phone=DESK_PHONE)
    Caller(scene).rings()
    scene.hire()
    scene.assign()
    scene.accept()

    with pytest.raises(Refused) as refused:
        scene.says("Hello", channel="voice")

    assert refused.value.code == "no_address"


def test_a_caller_whom_the_menu_lost_gets_a_person_in_time() -> None:
    scene = greeting(replace(WELCOME, channels=("voice",)))
    scene.taken()
    caller = Caller(scene, WELCOME)
    caller.rings()
    asked = scene.entries(K.MESSAGE_SENT)[-1]
    scene.world.clock.advance(601)

    due = Due(scene.world.clock(), asked.due_for, asked.timeline, asked.case_id, asked.interaction_id)
    expire_flow(*scene.needs, due)

    assert scene.head().cases[0].contacts[1].state is ContactState.WAITING
    assert scene.entries()[-1].kind is K.HANDED_OVER
    assert faults(scene.world.store) == []
