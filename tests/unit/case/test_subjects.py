"""What stands in the subject of a mail of ours, and who gets a copy of it."""

from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.way import Way
from shared.domain.centre import Centre
from shared.domain.hours import Hours
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Kind
from shared.domain.timeline.subject import LONGEST, subject_of
from tests.support.flows import WELCOME
from tests.support.mails import ANA, COLLEAGUE, MailScene
from tests.support.rule_scene import RuleScene


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("My order", "Re: My order"),
        ("Re: My order", "Re: My order"),
        ("RE[2]: My order", "RE[2]: My order"),
        ("답장: 주문", "답장: 주문"),
        ("Report: late", "Re: Report: late"),
        ("Fwd: My order", "Re: Fwd: My order"),
    ],
)
def test_an_answer_has_the_subject_of_what_it_answers(theirs: str, ours: str) -> None:
    assert subject_of(Way("email", subject=theirs), "K1", "en", World().now()) == ours


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_mail_that_we_begin_names_the_case_in_the_customers_language(language: str) -> None:
    now = World(settings=FixedSettings(Centre(name="Shop"))).now()

    told = subject_of(Way("email"), "K1", language, now)

    assert case_number("K1") in told and "Shop" in told
    assert any("가" <= c <= "힣" for c in told) == (language == "ko")
    assert "(" not in subject_of(Way("email"), "", language, now)


def test_an_agents_answer_goes_to_everybody_and_has_the_last_subject() -> None:
    scene = MailScene()
    scene.mail("First", subject="My order")
    scene.works("Second")
    scene.mail("Third", subject="My other order", cc=[COLLEAGUE])

    sent = scene.answers()

    assert (sent.content.subject, sent.way.cc) == ("Re: My other order", (COLLEAGUE,))
    assert (sent.way.reply_to, sent.way.thread) == (ANA, "Third@mail.example.test")


def test_a_survey_answers_in_the_conversation_and_goes_to_the_customer_alone() -> None:
    scene = MailScene()
    scene.works()
    scene.mail("For both of us", cc=[COLLEAGUE])
    scene.ends()

    scene.surveys(scene.closed())

    (asked,) = scene.entries(Kind.SURVEY_ASKED)
    assert (asked.content.subject, asked.way.cc, asked.way.reply_to) == ("Re: My order", (), ANA)


def test_a_notice_outside_opening_hours_has_a_subject_and_no_copies() -> None:
    hours = Hours(("mon-sun 03:00-03:01",))
    scene = MailScene(World(settings=FixedSettings(Centre(hours=hours))))

    scene.mail("Anybody there?", cc=[COLLEAGUE])

    (told,) = scene.entries(Kind.MESSAGE_SENT)
    assert (told.content.subject, told.way.cc) == ("Re: My order", ())


def test_what_a_flow_says_has_a_subject_and_no_program_starts_one() -> None:
    flow = replace(WELCOME, channels=())
    settings = FixedSettings(Centre(flow=flow.name), [flow])
    scene = MailScene(World(settings=settings))

    scene.mail("Out of office", automatic="auto_submitted")
    assert not scene.entries(Kind.MESSAGE_SENT)
    scene.mail("Hello", "carl@example.test", cc=[COLLEAGUE])

    said = scene.entries(Kind.MESSAGE_SENT)
    assert said and {(one.content.subject, one.way.cc) for one in said} == {("Re: My order", ())}


def test_a_long_subject_is_remembered_by_its_beginning_and_kept_whole() -> None:
    scene = MailScene()
    scene.mail(subject="long " * 60)

    (entry,) = scene.received()
    assert len(entry.way.subject) == LONGEST and entry.content.subject == "long " * 60


def test_a_channel_without_subjects_gets_none() -> None:
    scene = RuleScene()
    scene.taken()

    assert scene.says("We look into it.").content.subject == ""
