"""Quotes are folded, never cut: whatever the text, both sides together hold all of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.channels.email import flowed
from functions.channels.email.quotes import fold

LINES = (
    "",
    "  ",
    "I write.",
    "> they wrote",
    ">> deeper",
    "On 5 Jan 2026, Help <help@shop.example.test> wrote:",
    "2026년 1월 5일 (월) 오후 3:04, 고객센터 <help@shop.example.test>님이 작성:",
    "-----Original Message-----",
    "--------- 원본 메일 ---------",
    "From: Help <help@shop.example.test>",
    "보낸 사람: 고객센터",
    "보낸사람 : 고객센터",
    "Sent: Monday",
    "제목: 주문",
    "받는 사람: 김아나",
    "-- ",
    "________________________________",
    "This email has been checked for viruses.",
)
TEXT = st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=25).map("\n".join)


def filled(*texts: str) -> list[str]:
    return sorted(line.strip() for text in texts for line in text.split("\n") if line.strip())


@given(TEXT)
@settings(max_examples=500, deadline=None)
def test_no_line_is_lost_and_none_is_there_twice(text: str) -> None:
    folded = fold(text)

    assert filled(folded.said, folded.quoted) == filled(text)


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_something_is_always_said_where_anything_was_written(text: str) -> None:
    assert bool(fold(text).said.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    "mark",
    [
        "2026년 1월 5일 (월) 오후 3:04, 고객센터 <help@shop.example.test>님이 작성:",
        "2026. 1. 5. 오후 3:04, 고객센터 <help@shop.example.test> 작성:",
        "On Mon, Jan 5, 2026 at 3:04 PM Help <help@shop.example.test> wrote:",
        "Am 05.01.2026 um 15:04 schrieb Hilfe <help@shop.example.test>:\nHilfe schrieb:",
        "Le lun. 5 janv. 2026 à 15:04, Aide <help@shop.example.test> a écrit :",
        "-----Original Message-----",
        "----- Original Message -----",
        "---------- Forwarded message ---------",
        "--------- 원본 메일 ---------",
        "보낸 사람: 고객센터\n보낸 날짜: 2026년 1월 5일\n받는 사람: 김아나\n제목: 주문",
        "보낸사람 : 고객센터\n받는사람 : 김아나\n날짜 : 2026년\n제목 : 주문",
        "*From:* Help\n*Sent:* Monday\n*To:* Ana\n*Subject:* Order",
    ],
)
def test_what_stands_below_the_mark_of_a_mail_program_is_folded(mark: str) -> None:
    folded = fold(f"Yes.\n\n{mark}\n\nWe found it.\nHelp")

    assert folded.said.startswith("Yes.") and "We found it." in folded.quoted


@pytest.mark.parametrize(
    "text",
    [
        "My friend wrote:\nhello",
        "From: Seoul to Busan, how long does it take?",
        "보낸 사람: 저예요. 잘 받으셨나요?",
        "I said -- no.\n--\nAna",
        "-----\nA line of my own\n-----",
        "5 > 3\n3 < 5",
    ],
)
def test_what_only_looks_like_a_mark_is_not_folded(text: str) -> None:
    assert fold(text).quoted == "" and fold(text).said == text


def test_an_answer_below_a_quote_is_said_and_its_signature_with_it() -> None:
    folded = fold("> Which size?\n\nM, please.\n-- \nAna")

    assert folded.said == "M, please.\n-- \nAna" and folded.quoted == "> Which size?"


def test_a_footer_below_the_quote_is_folded_with_it() -> None:
    folded = fold("Yes.\n> It came?\n\n-- \n바이러스가 없습니다.")

    assert folded.said == "Yes." and folded.quoted.endswith("바이러스가 없습니다.")


def test_a_text_too_long_for_a_letter_is_shown_as_it_is() -> None:
    text = "Yes.\n" + "> line\n" * 20_000

    assert fold(text).quoted == ""


FLOWED = {
    "one \ntwo": "one two",
    "one\ntwo": "one\ntwo",
    "> one \n> two\nthree": "> one two\nthree",
    "> one \n>> two": "> one \n>> two",
    "one \n> two": "one \n> two",
    "one \n-- \nAna": "one \n-- \nAna",
    " > no quote": "> no quote",
    " From here": "From here",
    "": "",
}


@pytest.mark.parametrize("came", FLOWED)
def test_lines_that_were_broken_to_be_joined_are_joined(came: str) -> None:
    assert flowed.joined(came) == FLOWED[came]


@given(st.text(alphabet="a> \n-", max_size=60))
def test_joining_loses_no_letter(text: str) -> None:
    assert flowed.joined(text).count("a") == text.count("a")
