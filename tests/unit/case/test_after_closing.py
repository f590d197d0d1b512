"""What is said after a case was closed: a waiting question knows its context, and thanks ring nobody."""

from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.case.thanks import only_thanks
from shared.domain.centre import Centre
from shared.domain.channel.arrival import SurveyAnswer
from shared.domain.channel.receipt import Outcome
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene


def asked(scene: RuleScene | None = None) -> RuleScene:
    """The case is closed, and the customer was asked how it was."""
    scene = scene or RuleScene()
    scene.taken()
    scene.says("Done.")
    scene.surveys(scene.closes())
    return scene


def hints(scene: RuleScene) -> list[str]:
    return [e.text for e in scene.entries(Kind.MESSAGE_SENT) if "one number from 1 to 5" in e.text]


@pytest.mark.parametrize("text", ["0", "10", "4.5", "６", "100점"])
def test_a_number_outside_the_scale_gets_one_hint_and_opens_nothing(text: str) -> None:
    scene = asked()

    scene.sms(text)
    scene.sms(text)
    scene.sms("4")

    assert len(hints(scene)) == 1
    assert scene.head().cases == ()
    assert [entry.text for entry in scene.entries(Kind.MESSAGE_RECEIVED)][1:] == [text, text]
    assert scene.entries(Kind.SURVEY_ANSWERED)[0].facts["score"] == 4
    assert faults(scene.world.store) == []


def test_once_the_case_is_open_again_a_number_is_a_message() -> None:
    scene = asked()
    scene.sms("One more thing")

    scene.sms("5")
    scene.sms("10")

    assert scene.entries(Kind.SURVEY_ANSWERED) == []
    assert hints(scene) == []
    assert [entry.case_id for entry in scene.entries(Kind.MESSAGE_RECEIVED)] == [scene.head().cases[0].id] * 4


def test_a_number_after_the_case_was_closed_once_more_is_a_message() -> None:
    scene = asked()
    scene.world.clock.advance(60)
    scene.sms("One more thing")
    scene.assign()
    scene.accept()
    scene.closes()

    scene.sms("3")

    assert scene.entries(Kind.SURVEY_ANSWERED) == []
    assert len(scene.head().cases) == 1


def test_nobody_is_asked_where_nobody_answered() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.answering().close("one", scene.head().customer_id, case.id, "solved")

    scene.surveys(scene.closed())

    assert [entry.facts["reason"] for entry in scene.entries(Kind.SURVEY_SUPPRESSED)] == ["unanswered"]


def test_a_score_pressed_twice_is_one_score_and_opens_nothing() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    head = scene.visitor_head()
    scene.answering().reply("one", head.customer_id, case_id, "chat", None, "Yes?", "key-0001")
    scene.answering().close("one", scene.visitor_head().customer_id, case_id, "solved")
    scene.surveys(facts(scene.entries(Kind.CASE_CLOSED)[-1])[0])

    scene.does(SurveyAnswer(5))
    scene.does(SurveyAnswer(2))

    assert [entry.facts["score"] for entry in scene.entries(Kind.SURVEY_ANSWERED)] == [5]
    assert scene.visitor_head().cases == ()


THANKS = """감사합니다|고마워요!|네 감사합니다 ^^|Thanks|thank you so much!|ok thx|👍|👍🏽|❤️|🙏🙏
감사합니다 🙏 수고하세요|Liked “See you”
Loved "On its way."|Laughed at “ok”
\u200b👍\u200b to “\u200aDone.\u200a”|“Done.”에 좋아요를 표시함|ありがとうございます"""


@pytest.mark.parametrize("text", THANKS.replace("\n", "|").split("|"))
def test_thanks_after_closing_are_kept_and_ring_nobody(text: str) -> None:
    scene = asked()

    assert scene.sms(text) is Outcome.HANDLED

    assert scene.head().cases == ()
    assert scene.entries(Kind.MESSAGE_RECEIVED)[-1].text == text
    assert faults(scene.world.store) == []


@pytest.mark.parametrize(
    "text",
    [
        "thanks but it is still broken",
        "감사합니다만 아직 안 왔어요",
        "?",
        "😡",
        "thanks?",
        "네",
        "likely not",
        "",
        "ok",
    ],
)
def test_what_asks_for_something_is_more_than_thanks(text: str) -> None:
    assert not only_thanks(text)


def test_a_centre_may_have_thanks_ring() -> None:
    centre = replace(Centre(), thanks_ring=True)
    scene = asked(RuleScene(World(settings=FixedSettings(centre))))

    scene.sms("Thanks")

    assert len(scene.head().cases) == 1


def test_thanks_in_an_open_case_are_a_message_in_it() -> None:
    scene = RuleScene()
    case = scene.taken()

    scene.sms("Thanks")

    assert scene.entries(Kind.MESSAGE_RECEIVED)[-1].interaction_id == case.contact.interaction_id
