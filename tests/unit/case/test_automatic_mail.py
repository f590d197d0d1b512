"""Mails that ask nothing: of programs, copies of one we have, and our own that come back."""

from typing import Any

import pytest

from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.entry import Kind
from tests.support.consistency import faults
from tests.support.mails import COLLEAGUE, OF_SES, OWN, MailScene

HOUR = 3600


def test_the_same_mail_to_two_of_our_addresses_is_one_message() -> None:
    scene = MailScene()
    scene.mail("Hello")

    outcome = scene.mail("Hello", own="info@shop.example.test", recipients=["info@shop.example.test"])

    assert outcome is Outcome.IGNORED and len(scene.received()) == 1
    assert scene.get(Receipt, "email", "event-2").reason == "same_message"


def test_what_a_scanner_sends_under_one_name_is_told_apart_by_its_files() -> None:
    scene = MailScene()
    for name in ("one.pdf", "two.pdf", "one.pdf"):
        part = {
            "name": name,
            "type": "application/pdf",
            "size": 3,
            "state": "waiting",
            "source": "upload:u/1",
        }
        scene.mail("", message_id="scan@mail.example.test", parts=[part])

    assert [entry.content.parts[0].name for entry in scene.received()] == ["one.pdf", "two.pdf"]


def test_another_mail_with_the_same_name_is_no_copy() -> None:
    scene = MailScene()
    scene.mail("Hello", message_id="always@mail.example.test")

    scene.mail("Something else", message_id="always@mail.example.test")

    assert [entry.text for entry in scene.received()] == ["Hello", "Something else"]


def test_our_own_mail_that_comes_back_is_no_message() -> None:
    """Redirected by a customer to another address of ours, from which we did not send it."""
    scene = MailScene()
    scene.works()
    scene.leaves(scene.answers("We look into it."), "0100-abc")

    told: dict[str, Any] = {"own": "info@shop.example.test", "recipients": ["info@shop.example.test"]}
    outcome = scene.mail("We look into it.", OWN, message_id=f"0100-abc{OF_SES}", **told)

    assert outcome is Outcome.IGNORED and len(scene.received()) == 1
    assert scene.get(Receipt, "email", "event-2").reason == "own_echo"


def test_an_automatic_answer_with_our_token_an_hour_after_closing_is_seen_and_reopens_nothing() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    before = scene.of()
    scene.world.clock.advance(HOUR)

    scene.mail("I am away", COLLEAGUE, automatic="auto_submitted", conversation=scene.token())

    entry, after = scene.received()[-1], scene.of()
    assert (entry.timeline, entry.case_id) == (after.customer_id, before.closed and before.closed.id)
    assert entry.facts["automatic"] == "auto_submitted"
    assert (after.cases, after.closed, after.last) == (before.cases, before.closed, before.last)
    assert not scene.all(Waiting) and not faults(scene.world.store)


def test_a_persons_answer_with_our_token_an_hour_after_closing_reopens_the_case() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    scene.world.clock.advance(HOUR)

    scene.mail("Not yet", COLLEAGUE, conversation=scene.token())

    assert scene.received()[-1].facts["reopened"] is True and len(scene.of().cases) == 1


@pytest.mark.parametrize("text", ["Out of office", "5", "thanks"])
def test_a_program_rings_nobody_and_moves_no_clock_in_an_open_case(text: str) -> None:
    scene = MailScene()
    scene.works()
    before = scene.of()
    scene.world.clock.advance(HOUR)

    scene.mail(text, automatic="auto_submitted")

    entry, after = scene.received()[-1], scene.of()
    assert (entry.case_id, entry.interaction_id) == (before.cases[0].id, before.cases[0].interactions[0].id)
    assert (entry.signals.tell, entry.due) == ("", None)
    assert after.cases == before.cases and after.last == before.last


def test_an_automatic_number_is_no_answer_to_a_survey() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    scene.surveys(scene.closed())

    scene.mail("5", automatic="auto_submitted")

    survey = scene.of().survey
    assert survey is not None and survey.score is None
    scene.mail("4")
    survey = scene.of().survey
    assert survey is not None and survey.score == 4


def test_a_program_that_writes_first_is_kept_without_a_case() -> None:
    scene = MailScene()

    scene.mail("Weekly news", "news@list.example.test", automatic="list")

    head = scene.of("news@list.example.test")
    assert head.cases == () and head.last is None and head.version == 1
    assert scene.received()[0].case_id == "" and not scene.all(Waiting)
    scene.mail("I have a question", "news@list.example.test")
    assert len(scene.of("news@list.example.test").cases) == 1
    assert not faults(scene.world.store)


def test_two_programs_that_answer_each_other_ring_nobody() -> None:
    scene = MailScene()
    for n in range(20):
        scene.mail(f"Automatic {n}", automatic="auto_submitted", event_id=f"loop-{n}")

    assert len(scene.received()) == 20
    assert not scene.entries(Kind.MESSAGE_SENT) and not scene.of().cases
