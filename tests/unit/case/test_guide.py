"""A new conversation is met by its flow before the queue; a person comes when the flow hands over."""

from dataclasses import replace
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Left
from shared.domain.channel.commands import Due
from shared.domain.channel.receipt import Receipt
from shared.domain.customer.head import ContactState, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.domain.hours import Hours
from shared.domain.queue import Queue
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.choice import Chosen
from shared.domain.timeline.entry import CONTACT, Entry, Kind
from shared.use_cases.case.end_silent import end_silent
from shared.use_cases.case.expire_flow import expire_flow
from tests.support.consistency import faults
from tests.support.flows import WELCOME
from tests.support.rule_scene import RuleScene

CARD = "4929 0000 0000 6781"
NIGHT = Hours(("mon-fri 18:30-19:00",))  # the tests' clock begins at 18:00 in Seoul


def scene(flow: Flow = WELCOME, **centre: Any) -> RuleScene:
    return RuleScene(World(settings=FixedSettings(Centre(flow=flow.name, **centre), [flow])))


def said(centre: RuleScene) -> list[Entry]:
    return centre.entries(Kind.MESSAGE_SENT)


def case_of(centre: RuleScene) -> OpenCase:
    (case,) = centre.head().cases
    return case


def due(centre: RuleScene, entry: Entry) -> Due:
    assert entry.due is not None
    return Due(entry.due, entry.due_for, entry.timeline, entry.case_id, entry.interaction_id)


def test_a_new_conversation_is_asked_before_anybody_waits() -> None:
    centre = scene()

    centre.sms("Hello")

    (question,) = said(centre)
    assert question.text == "Hello\nWhat about?"
    assert [choice.id for choice in question.choices] == ["delivery", "card", "hours", "other"]
    assert (case_of(centre).contact.state, centre.all(Waiting)) == (ContactState.FLOW, [])
    assert [fact.name for fact in facts(centre.entries(Kind.MESSAGE_RECEIVED)[0])] == [
        "MessageReceived",
        "CaseOpened",
    ]
    assert faults(centre.world.store) == []


def test_numbers_lead_through_it_by_sms_and_a_person_gets_what_was_collected() -> None:
    centre = scene()

    for words in ("Hello", "1", "12-34"):
        centre.sms(words)

    first, typed, digits = centre.entries(Kind.MESSAGE_RECEIVED)
    assert (typed.facts["choice"], typed.facts["choice_of"]) == ("delivery", said(centre)[0].seq)
    assert "choice" not in first.facts and "choice" not in digits.facts
    (line,) = centre.entries(Kind.HANDED_OVER)
    assert (line.text, line.facts) == (
        "Delivery · 1234",
        {"queue": "main", "priority": 5, "flow": "welcome", "why": "arrived"},
    )
    assert (line.signals.begins, line.signals.wake) == ((CONTACT,), "main")
    assert [row.case_id for row in centre.all(Waiting)] == [case_of(centre).id]
    assert case_of(centre).contact.flow is None
    assert faults(centre.world.store) == []


def test_buttons_lead_through_it_in_a_chat() -> None:
    centre = scene()
    centre.chat("Hello")

    centre.does(Chosen("other", said(centre)[-1].seq))

    assert centre.entries(Kind.MESSAGE_RECEIVED)[-1].facts["choice"] == "other"
    assert centre.entries(Kind.HANDED_OVER)[0].text == "Other"


def test_a_button_of_an_older_question_counts_as_its_words() -> None:
    centre = scene()
    centre.chat("Hello")
    first = said(centre)[-1].seq
    centre.does(Chosen("hours", first))

    centre.does(Chosen("delivery", first))

    assert said(centre)[-1].text.startswith("Please choose one of these.\nAnything else?")


def test_the_queue_time_begins_when_the_flow_hands_over() -> None:
    centre = scene()
    centre.sms("Hello")
    centre.world.clock.advance(300)

    centre.sms("4")

    assert case_of(centre).contact.enqueued_at == centre.world.clock()


def test_a_flow_may_hand_over_to_a_queue() -> None:
    vip = replace(WELCOME, steps=(*WELCOME.steps[:-1], Step("human", StepKind.HAND_OVER, queue="vip")))
    centre = scene(vip, queues=(Queue(), Queue("vip", "main", 1)))

    centre.sms("Hello")
    centre.sms("4")

    case = case_of(centre)
    assert (case.contact.queue, case.contact.priority) == ("vip", 1)
    assert centre.get(Case, case.member, case.id).queue == "vip"


def test_after_three_wrong_answers_a_person_comes() -> None:
    centre = scene()

    for words in ("Hello", "my parcel", "is lost", "please help"):
        centre.sms(words)

    (line,) = centre.entries(Kind.HANDED_OVER)
    assert line.facts["why"] == "tries"
    assert said(centre)[-1].text == "We are passing you on to a person."
    assert len(said(centre)) == 4


def test_an_answer_that_is_never_kept_is_in_no_entry_and_no_receipt() -> None:
    centre = scene()

    for words in ("Hello", "2", f"{CARD}"):
        centre.sms(words)

    assert centre.entries(Kind.MESSAGE_RECEIVED)[-1].text == "**** **** **** ****"
    assert centre.entries(Kind.HANDED_OVER)[0].text == f"Card · {'*' * 16}"
    assert [receipt.payload for receipt in centre.all(Receipt)] == ["payload", "payload", ""]
    kept = repr(list(centre.world.store.items.values()))
    assert CARD not in kept and CARD.replace(" ", "") not in kept


def test_a_wrong_answer_to_such_a_question_is_not_kept_either() -> None:
    centre = scene()

    for words in ("Hello", "2", "4929 0000"):
        centre.sms(words)

    assert centre.entries(Kind.MESSAGE_RECEIVED)[-1].text == "**** ****"


def test_who_does_not_answer_gets_a_person_all_the_same() -> None:
    centre = scene()
    centre.sms("Hello")
    timer = due(centre, said(centre)[0])
    centre.world.clock.advance(600)

    expire_flow(*centre.needs, timer)
    expire_flow(*centre.needs, timer)

    assert [line.facts["why"] for line in centre.entries(Kind.HANDED_OVER)] == ["expired"]
    assert len(centre.all(Waiting)) == 1
    assert faults(centre.world.store) == []


def test_the_timer_looks_again_where_they_answered_since() -> None:
    centre = scene()
    centre.sms("Hello")
    timer = due(centre, said(centre)[0])
    centre.world.clock.advance(500)
    centre.sms("1")
    centre.world.clock.advance(100)

    expire_flow(*centre.needs, timer)

    assert centre.entries(Kind.HANDED_OVER) == []
    assert [entry.due for entry in said(centre)[1:]] == [None]


def test_an_answer_after_the_end_of_the_time_goes_to_a_person() -> None:
    centre = scene()
    centre.sms("Hello")
    centre.world.clock.advance(601)

    centre.sms("1")

    assert centre.entries(Kind.HANDED_OVER)[0].facts["why"] == "expired"


def test_who_goes_on_by_another_way_gets_a_person() -> None:
    centre = scene()
    centre.chat("Hello")
    centre.proves()
    centre.sms("Are you there?")

    (line,) = centre.entries(Kind.HANDED_OVER)
    assert line.facts["why"] == "elsewhere"
    assert faults(centre.world.store) == []


def test_who_leaves_the_chat_leaves_the_flow() -> None:
    centre = scene()
    centre.chat("Hello")

    centre.does(Left())

    (closed,) = centre.entries(Kind.CASE_CLOSED)
    assert closed.facts["disposition"] == "left_flow" and "abandoned" not in closed.facts
    assert centre.visitor_head().cases == ()
    assert faults(centre.world.store) == []


def test_a_chat_that_fell_silent_in_a_flow_has_ended() -> None:
    centre = scene()
    centre.chat("Hello")
    silence = due(centre, centre.entries(Kind.MESSAGE_RECEIVED)[0])
    centre.world.clock.advance(901)

    end_silent(*centre.needs, silence)

    assert centre.visitor_head().cases == ()


def test_a_flow_that_answers_closes_the_case_and_asks_for_a_score() -> None:
    centre = scene()
    for words in ("Hello", "3", "2"):
        centre.sms(words)

    (closed,) = centre.entries(Kind.CASE_CLOSED)
    assert (closed.facts["disposition"], closed.facts["solved"]) == ("self_served", True)
    centre.surveys(centre.closed())
    assert len(centre.entries(Kind.SURVEY_ASKED)) == 1
    assert faults(centre.world.store) == []


def test_stop_is_heard_in_a_flow() -> None:
    centre = scene()
    centre.sms("Hello")

    centre.sms("STOP")

    assert [entry.kind for entry in centre.entries()][-1] is Kind.OPTED_OUT


def test_a_message_while_an_agent_has_the_case_never_enters_a_flow() -> None:
    centre = scene()
    for words in ("Hello", "4"):
        centre.sms(words)
    centre.hire()
    centre.assign()
    centre.accept()

    centre.sms("1")

    assert len(said(centre)) == 1
    assert case_of(centre).contact.state is ContactState.CONNECTED


def test_a_case_that_comes_back_goes_to_the_queue() -> None:
    centre = scene()
    for words in ("Hello", "4"):
        centre.sms(words)
    centre.hire()
    centre.assign()
    centre.accept()
    centre.closes()
    centre.presence(centre.agent().presence)

    centre.sms("One more thing, it is broken")

    assert case_of(centre).contact.state is ContactState.WAITING


def test_a_channel_that_does_not_show_the_flow_goes_to_the_queue() -> None:
    centre = scene(replace(WELCOME, channels=("chat",)))

    centre.sms("Hello")

    assert said(centre) == [] and len(centre.all(Waiting)) == 1


def test_the_same_event_again_changes_nothing() -> None:
    centre = scene()
    centre.sms("Hello", event_id="E1")
    before = dict(centre.world.store.items)

    centre.sms("Hello", event_id="E1")

    assert len(said(centre)) == 1
    assert {k: v for k, v in centre.world.store.items.items() if k in before} == before


@pytest.mark.parametrize(
    ("words", "notice"),
    [
        ("Hello", "We are closed right now. Somebody will read your message from Mon 5 Jan, 18:30."),
        ("안녕하세요", "지금은 상담 시간이 아닙니다. 남겨 주신 내용은 1월 5일(월) 18:30부터 확인합니다."),
    ],
)
def test_outside_the_hours_they_are_told_once_when_somebody_is_there(words: str, notice: str) -> None:
    centre = RuleScene(World(settings=FixedSettings(Centre(hours=NIGHT))))

    centre.sms(words)
    centre.sms(words)

    assert [entry.text for entry in said(centre)] == [notice]
    assert len(centre.all(Waiting)) == 1


def test_on_the_next_closed_day_they_are_told_again() -> None:
    centre = RuleScene(World(settings=FixedSettings(Centre(hours=NIGHT))))
    centre.sms("Hello")
    centre.world.clock.advance(2 * 3600)

    centre.sms("Hello?")

    assert [entry.text[-17:] for entry in said(centre)] == ["Mon 5 Jan, 18:30.", "Tue 6 Jan, 18:30."]


def test_who_has_an_agent_is_told_of_no_hours() -> None:
    centre = RuleScene(World(settings=FixedSettings(Centre(hours=Hours(("mon-fri 09:00-18:30",))))))
    centre.taken()
    centre.world.clock.advance(3600)

    centre.sms("Still there?")

    assert said(centre) == []


def test_a_flow_that_hands_over_at_night_says_so_with_its_last_words() -> None:
    centre = scene(hours=NIGHT)

    for words in ("Hello", "4"):
        centre.sms(words)

    assert (
        said(centre)[-1].text
        == "We are closed right now. Somebody will read your message from Mon 5 Jan, 18:30."
    )


def test_where_the_flow_told_the_hours_they_are_not_told_again() -> None:
    centre = scene(hours=NIGHT)

    for words in ("Hello", "3", "1", "4"):
        centre.sms(words)

    assert sum("We are closed" in entry.text for entry in said(centre)) == 1


def test_who_cannot_be_reached_is_asked_nothing_and_waits() -> None:
    centre = scene(hours=NIGHT)

    centre.sms("Hello", number="anonymous")

    assert said(centre) == [] and len(centre.all(Waiting)) == 1
