"""One question per closed case, where the customer spoke last, or the reason why not."""

import pytest

from shared.domain.address.address import Address
from shared.domain.channel.arrival import Left
from shared.domain.customer.kept import Case
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from tests.support.rule_scene import NUMBER, VISITOR, RuleScene


def suppressed(scene: RuleScene) -> list[str]:
    return [str(entry.facts["reason"]) for entry in scene.entries(Kind.SURVEY_SUPPRESSED)]


def test_the_question_goes_to_the_channel_of_the_last_message_in_its_language() -> None:
    scene = RuleScene()
    scene.taken("안녕하세요")

    scene.surveys(scene.closes())

    (asked,) = scene.entries(Kind.SURVEY_ASKED)
    assert (asked.channel, asked.way.reply_to, asked.delivery) == ("sms", NUMBER, "queued")
    assert "1(불만족)~5(매우 만족)" in asked.text
    assert asked.facts["scale"] == 5


def test_the_same_event_again_asks_nothing_more() -> None:
    scene = RuleScene()
    scene.taken()
    closed = scene.closes()

    scene.surveys(closed)
    scene.surveys(closed)

    assert len(scene.entries(Kind.SURVEY_ASKED)) == 1


def test_a_lone_digit_by_sms_is_the_answer_and_opens_nothing() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.surveys(scene.closes())

    scene.sms(" 4 ")

    assert scene.get(Case, case.member, case.id).score == 4
    assert scene.head().cases == ()
    assert scene.entries(Kind.SURVEY_ANSWERED)[0].facts["agent"] == "one"


@pytest.mark.parametrize("text", ["5 days late", "주문 3개 취소", "3?", "12345"])
def test_anything_but_a_lone_score_is_a_message(text: str) -> None:
    scene = RuleScene()
    scene.taken()
    scene.surveys(scene.closes())

    scene.sms(text)

    assert scene.entries(Kind.SURVEY_ANSWERED) == []
    assert len(scene.head().cases) == 1


def test_a_second_score_changes_nothing_and_opens_nothing() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.surveys(scene.closes())
    scene.sms("5")

    scene.sms("1")

    assert scene.get(Case, case.member, case.id).score == 5
    assert len(scene.entries(Kind.SURVEY_ANSWERED)) == 1
    assert scene.head().cases == ()


def test_after_a_day_a_digit_is_a_message() -> None:
    scene = RuleScene()
    scene.taken()
    scene.surveys(scene.closes())
    scene.world.clock.advance(86_401)

    scene.sms("5")

    assert scene.entries(Kind.SURVEY_ANSWERED) == []


def test_a_digit_on_another_channel_is_no_answer() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.proves()
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    scene.answering().reply("one", scene.visitor_head().customer_id, case_id, "chat", None, "Yes", "key-0001")
    scene.chat("Thanks, bye")
    customer = scene.visitor_head().customer_id
    scene.answering().close("one", customer, case_id, "solved")
    scene.surveys(facts(scene.entries(Kind.CASE_CLOSED)[-1])[0])

    scene.sms("5")

    assert scene.entries(Kind.SURVEY_ASKED)[0].channel == "chat"
    assert scene.entries(Kind.SURVEY_ANSWERED) == []


def test_the_same_person_is_not_asked_again_within_thirty_days() -> None:
    scene = RuleScene()
    scene.taken()
    scene.surveys(scene.closes())
    scene.world.clock.advance(29 * 86_400)
    scene.sms("Me again")
    scene.assign()
    scene.accept()

    scene.surveys(scene.closes())

    assert suppressed(scene) == ["asked_recently"]


def test_a_case_that_came_back_is_not_asked_about() -> None:
    scene = RuleScene()
    scene.taken()
    closed = scene.closes()
    scene.sms("One more thing")

    scene.surveys(closed)

    assert suppressed(scene) == ["reopened"]


def test_spam_is_not_asked_for_its_opinion() -> None:
    scene = RuleScene()
    scene.taken()

    scene.surveys(scene.closes("spam"))

    assert suppressed(scene) == ["spam"]


def test_who_opted_out_is_not_asked() -> None:
    scene = RuleScene()
    scene.taken()
    scene.sms("STOP")

    scene.surveys(scene.closes(answered=False))

    assert suppressed(scene) == ["opted_out"]


def test_who_cannot_be_reached_is_not_asked() -> None:
    scene = RuleScene()
    scene.sms("Hello", number="anonymous", event_id="E1")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    member = scene.owner(Address("phone", "withheld-E1")).customer_id
    scene.answering().close("one", member, case_id, "solved")

    scene.surveys(facts(scene.entries(Kind.CASE_CLOSED)[-1])[0])

    assert suppressed(scene) == ["unreachable"]


def test_who_gave_up_waiting_is_not_asked() -> None:
    scene = RuleScene()
    scene.chat("Hello?", visitor=VISITOR)
    scene.does(Left())

    scene.surveys(facts(scene.entries(Kind.CASE_CLOSED)[-1])[0])

    assert suppressed(scene) == ["abandoned"]
