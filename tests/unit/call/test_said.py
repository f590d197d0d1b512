"""What is said while people are put together: to the customer, and to who of ours picks up."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from infra.twins.clock import START
from shared.domain.call.said import Caller, digits_of, lately, said
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.channel.call_place import HOLDS
from shared.domain.customer.call import Call
from shared.domain.customer.head import Contact, ContactState
from shared.domain.now import Now
from shared.domain.words.of_calls import WORDS, whisper

UNKNOWN = "A customer, second call today."
WAITED = timedelta(minutes=4, seconds=30)
CALL = Call("C1", "I1", "K1", START, language="en")
CONTACT = Contact(
    "I1", "voice", "billing", ContactState.CONNECTED, START - WAITED, agent="one", assigned_at=START
)
KIM = Caller("Kim", "+821012345678", 3, "order 1234")


def now(**calls: bool) -> Now:
    return Now(START, lambda: "id", Centre(calls=Calls(**calls)))


@pytest.mark.parametrize(
    ("told", "spoken"),
    [
        ({}, "Kim, third call today about order 1234, waiting 4 minutes."),
        ({"language": "ko"}, "Kim 고객, 오늘 3번째 전화 order 1234 문의, 4분 기다림."),
        ({"calls": 1}, "Kim, about order 1234, waiting 4 minutes."),
        ({"calls": 40, "subject": "", "minutes": 1}, "Kim, waiting 1 minute."),
        ({"name": "", "calls": 0, "subject": "", "minutes": 0}, "Number ending in 5 6 7 8."),
        (
            {"name": "", "digits": "", "calls": 2, "subject": "", "minutes": 0},
            "A customer, second call today.",
        ),
    ],
)
def test_who_picks_up_hears_what_is_known_of_the_caller(told: dict[str, Any], spoken: str) -> None:
    known: dict[str, Any] = {
        "name": "Kim",
        "digits": "5678",
        "calls": 3,
        "subject": "order 1234",
        "minutes": 4,
        "language": "en",
    }

    assert whisper(**(known | told)) == spoken


def test_each_hears_their_own_language() -> None:
    heard = said(CALL, CONTACT, KIM, "ko", now(record=True))

    assert (heard.language, heard.staff_language) == ("en", "ko")
    assert heard.notice == WORDS["recorded"]["en"]
    assert heard.whisper.startswith("Kim 고객")
    assert (heard.queue, heard.number, heard.until) == ("billing", KIM.number, START + HOLDS)


def test_who_chose_no_language_hears_the_centres() -> None:
    heard = said(replace(CALL, language=""), CONTACT, KIM, "", now(record=True))

    assert (heard.language, heard.staff_language) == ("ko", "ko")


def test_the_recording_is_told_once_and_only_where_calls_are_recorded() -> None:
    assert said(replace(CALL, announced=True), CONTACT, KIM, "", now(record=True)).notice == ""
    assert said(CALL, CONTACT, KIM, "", now()).notice == ""


def test_what_the_caller_wants_is_told_where_they_said_nothing_else() -> None:
    heard = said(CALL, replace(CONTACT, intent="late_delivery"), replace(KIM, subject=""), "en", now())

    assert "about late delivery" in heard.whisper


def test_of_a_call_that_is_over_nothing_is_told() -> None:
    heard = said(CALL, None, KIM, "en", now())

    assert (heard.whisper, heard.queue) == ("", "")


def test_a_persons_own_words_stand_in_no_print_of_it() -> None:
    assert "Kim" not in repr(said(CALL, CONTACT, KIM, "en", now()))
    assert KIM.number not in repr(said(CALL, CONTACT, KIM, "en", now()))


def test_calls_of_one_day_are_counted_and_none_that_we_placed() -> None:
    before = replace(CALL, started_at=START - timedelta(days=1))
    placed = replace(CALL, outbound=True)

    assert lately((CALL, before, placed, CALL), START) == 2


@pytest.mark.parametrize(
    ("number", "digits"), [("+82 10-1234-5678", "5678"), ("withheld-CA12345678", ""), ("", "")]
)
def test_a_number_is_told_by_its_end(number: str, digits: str) -> None:
    assert digits_of(number) == digits


def test_all_that_is_said_is_said_in_both_languages() -> None:
    assert {tuple(sorted(sentence)) for sentence in WORDS.values()} == {("en", "ko")}
