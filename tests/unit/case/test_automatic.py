"""What our programs write by mail: at most three an hour to a person, and nothing where it is unwanted."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import UNPROVEN, Address
from shared.domain.address.way import Way
from shared.domain.centre import Centre
from shared.domain.change import Put
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.commands import Due
from shared.domain.customer.automatic import may_write, noted
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import ContactState, Head
from shared.domain.customer.suppression import reason_of
from shared.domain.hours import Hours
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.case.expire_flow import expire_flow
from tests.support.flows import WELCOME
from tests.support.rule_scene import RuleScene

ANA = Address("email", "ana@example.test")
NIGHT = Hours(("mon-fri 18:30-19:00",))  # the tests' clock begins at 18:00 in Seoul
NUMBERS = count(1)


def in_flow() -> RuleScene:
    return RuleScene(World(settings=FixedSettings(Centre(flow=WELCOME.name), [WELCOME])))


def at_night() -> RuleScene:
    return RuleScene(World(settings=FixedSettings(Centre(hours=NIGHT))))


def mail(scene: RuleScene, text: str, automatic: str = "", sender: Address = ANA) -> None:
    way = Way("", sender, "", sender.value, "help@example.test")
    raw = scene.raw("email", f"mail-{next(NUMBERS)}")
    scene.route(raw, Arrival(way, Message(Content(text, subject="Hello")), automatic=automatic))


def said(scene: RuleScene) -> list[Entry]:
    return scene.entries(Kind.MESSAGE_SENT)


def head(scene: RuleScene) -> Head:
    return scene.get(Head, scene.owner(ANA).root)


def had_three(scene: RuleScene) -> None:
    """Programs wrote to them three times, just now."""
    before = head(scene)
    now = (scene.world.clock(),) * 3
    after = replace(before, automatic=now, told_until=None, version=before.version + 1)
    scene.world.store.commit(Put(after, over=before.version))


def stopped(scene: RuleScene, reason: str) -> None:
    scene.world.store.commit(Put(Consent(ANA, True, scene.world.clock(), reason)))


def test_the_fourth_answer_of_a_flow_within_an_hour_is_a_person_instead() -> None:
    scene = in_flow()

    for _ in range(4):
        mail(scene, "what?")

    assert len(said(scene)) == 3
    (case,) = head(scene).cases
    assert case.contact.state is ContactState.WAITING


def test_an_hour_later_programs_may_write_again_and_the_head_keeps_no_more_than_it_needs() -> None:
    scene = at_night()
    mail(scene, "Hello")
    after = replace(head(scene), automatic=(scene.world.clock(),) * 3)

    scene.world.clock.advance(3600)
    later = scene.world.now()

    assert not may_write(after, "email", replace(later, at=later.at - timedelta(seconds=1)))
    assert may_write(after, "email", later)
    assert noted(after, "email", later).automatic == (later.at,)


def test_a_channel_without_a_limit_leaves_nothing_in_the_head() -> None:
    scene = at_night()

    scene.sms("Hello")

    assert len(said(scene)) == 1 and scene.head().automatic == ()


def test_the_notice_that_nobody_is_there_is_not_told_to_who_got_three_mails() -> None:
    scene = at_night()
    mail(scene, "Hello")
    had_three(scene)

    mail(scene, "Hello?")

    assert len(said(scene)) == 1 and head(scene).told_until is None


@pytest.mark.parametrize("reason", ["complained", "unsubscribed"])
def test_who_complained_or_unsubscribed_gets_no_notice_and_no_flow_but_a_person(reason: str) -> None:
    for scene in (at_night(), in_flow()):
        stopped(scene, reason)

        mail(scene, "Hello")

        assert said(scene) == []
        assert head(scene).cases[0].contact.state is ContactState.WAITING


def test_who_complains_while_a_flow_talks_gets_a_person_at_once_and_no_words() -> None:
    scene = in_flow()
    mail(scene, "Hello")
    stopped(scene, "complained")

    mail(scene, "1")

    assert len(said(scene)) == 1
    (line,) = scene.entries(Kind.HANDED_OVER)
    assert (line.facts["why"], head(scene).cases[0].contact.state) == ("stopped", ContactState.WAITING)


def test_a_program_and_an_unproven_sender_get_no_answer() -> None:
    scene = at_night()

    mail(scene, "I am out of office", automatic="auto_submitted")
    mail(scene, "Hello", sender=Address(UNPROVEN, ANA.value))

    assert said(scene) == []


def test_a_flow_that_waited_in_vain_says_nothing_after_three_mails() -> None:
    scene = in_flow()
    mail(scene, "Hello")
    (question,) = said(scene)
    assert question.due is not None
    scene.world.clock.advance((question.due - scene.world.clock()).total_seconds())
    had_three(scene)

    due = Due(question.due, "flow", question.timeline, question.case_id, question.interaction_id)
    expire_flow(*scene.needs, due)

    assert len(said(scene)) == 1 and head(scene).cases[0].contact.state is ContactState.WAITING


def test_a_survey_is_the_fourth_mail_that_is_not_sent_and_the_reason_is_kept() -> None:
    scene = RuleScene()
    mail(scene, "Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    agent, customer_id = scene.answering(), head(scene).customer_id
    agent.reply("one", customer_id, case_id, "email", None, "Hi", "key-0001")
    agent.close("one", customer_id, case_id, "solved")
    had_three(scene)

    scene.surveys(scene.closed())

    assert [line.facts["reason"] for line in scene.entries(Kind.SURVEY_SUPPRESSED)] == ["too_many_automatic"]


@pytest.mark.parametrize("reason", ["no_such_address", "on_suppression_list"])
def test_whoever_writes_from_an_address_that_was_given_up_can_be_answered_again(reason: str) -> None:
    scene = RuleScene()
    stopped(scene, reason)

    mail(scene, "I am out of office", automatic="auto_submitted")
    assert reason_of(scene.get(Consent, ANA)) == reason
    mail(scene, "I am here")

    assert reason_of(scene.get(Consent, ANA)) == ""


def test_what_they_said_themselves_is_not_over_because_they_write() -> None:
    scene = RuleScene()
    stopped(scene, "unsubscribed")

    mail(scene, "I am here")

    assert reason_of(scene.get(Consent, ANA)) == "unsubscribed"
