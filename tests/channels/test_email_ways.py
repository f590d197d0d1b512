"""What a mail says of itself, and what one of ours says: conversation, copies, chain, files."""

import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.channels.email import inbound, outbound
from functions.channels.email.arrived import called
from functions.channels.email.headers import ids
from functions.channels.email.notice_fields import MOST_COPIES
from infra.twins.clock import START
from shared.domain.address.address import UNPROVEN, Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored
from shared.domain.channel.carriage import OtherSide
from shared.domain.channel.conversation import Conversation
from shared.domain.errors import Rejected
from shared.domain.ids import ulid
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Entry, Kind
from tests.support.mails import ANA, COLLEAGUE, OF_SES, OWN, document
from tests.support.webhooks import raw

CUSTOMER = ulid(START, bytes(10))
TOKEN = {"customer_id": CUSTOMER, "case_number": "ABCDEF"}
NOWHERE = OtherSide("", "https://shop.example.test")


def arrived(**told: Any) -> Arrival:
    arrival = inbound.parse(raw("email", json.dumps(document(**told))))
    assert isinstance(arrival, Arrival)
    return arrival


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Ann  Lee", "Ann Lee"),
        ("홍길동\r\n", "홍길동"),
        ("support@bank.example", ""),
        ("4111 1111 1111 1111", "**** **** **** ****"),
        ("가" * 300, "가" * 80),
    ],
)
def test_a_sender_is_called_as_they_call_themselves(written: str, person: str) -> None:
    assert arrived(name=written).person == person
    assert arrived(name=written, dmarc="FAIL").person == ""


def test_what_the_door_found_out_goes_on_to_the_router() -> None:
    arrival = arrived(automatic="list", conversation=TOKEN, references=["a@x", "b@x"], message_id="c@x")

    assert (arrival.automatic, arrival.conversation) == ("list", Conversation(CUSTOMER, "ABCDEF"))
    assert (arrival.references, arrival.name, arrival.unproven) == (("a@x", "b@x"), "c@x", False)


def test_a_mail_whose_dmarc_failed_is_of_a_claimed_sender_and_its_token_counts_for_nothing() -> None:
    arrival = arrived(dmarc="FAIL", conversation=TOKEN)

    assert arrival.unproven and arrival.conversation is None
    assert arrival.way.address == Address(UNPROVEN, ANA) and arrival.way.reply_to == ANA


@pytest.mark.parametrize("word", ["PASS", "GRAY", "DISABLED", "PROCESSING_FAILED", ""])
def test_a_domain_that_says_nothing_of_dmarc_is_believed(word: str) -> None:
    assert not arrived(dmarc=word).unproven


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("abc@mail.example.test", "abc@mail.example.test"),
        (f"0100-abc{OF_SES}", "0100-abc"),
        ("0100-abc@email.amazonses.com", "0100-abc"),
        ("0100-abc@amazonses.com.mallory.test", "0100-abc@amazonses.com.mallory.test"),
        ("0100-abc", ""),
        ("", ""),
    ],
)
def test_a_mail_of_ours_is_found_by_what_ses_called_it_and_no_other_can_take_that_name(
    id: str, name: str
) -> None:
    assert called(id) == name


def test_everybody_else_who_got_a_mail_gets_the_answer_and_we_do_not() -> None:
    to = [OWN, "help+t.a.b.c@shop.example.test", COLLEAGUE, ANA]

    way = arrived(to=to, cc=["carl@example.test", COLLEAGUE]).way

    assert (way.reply_to, way.cc) == (ANA, (COLLEAGUE, "carl@example.test"))


@pytest.mark.parametrize(
    "asked", [OWN, "sales@shop.example.test", "help+t.a.b.c@shop.example.test", "한글@한글.test"]
)
def test_an_answer_never_goes_to_ourselves_or_where_ses_takes_it_not(asked: str) -> None:
    assert arrived(answers_to=asked).way.reply_to == ANA


def test_a_copy_that_ses_takes_not_does_not_keep_the_answer_from_others() -> None:
    assert arrived(cc=["한글@example.test", COLLEAGUE]).way.cc == (COLLEAGUE,)


def test_an_address_of_ours_with_a_token_is_our_own() -> None:
    told = document(sender="help+t.a.b.c@shop.example.test")

    assert inbound.parse(raw("email", json.dumps(told))) == Ignored("from_ourselves")


def test_an_answer_goes_to_fifty_at_most() -> None:
    way = arrived(cc=[f"person{n}@example.test" for n in range(200)]).way

    assert len(way.cc) == MOST_COPIES == 49


def test_a_mail_from_any_address_it_was_delivered_to_is_our_own() -> None:
    told = document(sender="info@shop.example.test", recipients=[OWN, "Info+t.a.b.c@shop.example.test"])

    assert inbound.parse(raw("email", json.dumps(told))) == Ignored("from_ourselves")


def test_the_chain_is_the_first_mail_and_the_last_one_and_short_enough_for_the_head() -> None:
    assert arrived(message_id="c@x", references=["a@x", "b@x"]).way.thread == "a@x c@x"
    assert arrived(message_id="c@x").way.thread == arrived(message_id="c@x", references=["c@x"]).way.thread
    assert arrived(message_id="c@x", references=["a" * 400]).way.thread == "c@x"
    assert arrived(message_id="", references=["a@x"]).way.thread == ""


def test_files_and_problems_come_along() -> None:
    part = {"name": "a.png", "type": "image/png", "size": 3, "state": "waiting", "source": "upload:u/1"}

    content = arrived(parts=[part], problems=["text_cut"]).what.content  # type: ignore[union-attr]

    assert content.parts == (Part("a.png", "image/png", 3, PartState.WAITING, source="upload:u/1"),)
    assert content.problems == ("text_cut",)


def entry(**more: Any) -> Entry:
    way = Way("email", Address("email", ANA), CUSTOMER, ANA, OWN, "a@x c@x")
    usual = Entry(CUSTOMER, 7, "E7", START, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one", way)
    usual = replace(usual, content=Content("Hi", subject="Re: x"), case_id="C1")
    return replace(usual, **more)


def sent(one: Entry, other_side: OtherSide = NOWHERE) -> tuple[Any, bytes]:
    told: Any = outbound.render(one, {"thread_key": "key"}, other_side).parameters
    return told, told["Content"]["Raw"]["Data"]


ID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.+=_-]{0,150}@[A-Za-z0-9][A-Za-z0-9.-]{0,60}", fullmatch=True)


@given(ID, ID)
def test_names_of_any_length_stand_in_the_headers_as_they_are(first: str, last: str) -> None:
    one = entry()

    _, mail = sent(replace(one, way=replace(one.way, thread=f"{first} {last}")))

    read = message_from_bytes(mail)
    assert ids(read, "references") == tuple(dict.fromkeys((first, last)))
    assert ids(read, "in-reply-to") == (last,) and b"=?" not in mail


def test_the_link_that_ends_our_programs_mails_stands_in_the_head_as_it_is() -> None:
    asked = entry(kind=Kind.SURVEY_ASKED, actor="survey")
    side = OtherSide("", "https://a-rather-long-name-of-a-centre.example.test")
    call = outbound.render(asked, {"thread_key": "a key of ours"}, side)

    head = call.parameters["Content"]["Raw"]["Data"].partition(b"\r\n\r\n")[0].decode()
    link = message_from_bytes(head.encode())["List-Unsubscribe"]
    assert link.startswith(f"<{side.public_url}/public/unsubscribe/") and link.endswith(">")
    assert "=?" not in link


def test_an_answer_goes_to_everybody_and_its_copies_are_seen() -> None:
    one = entry()
    told, mail = sent(replace(one, way=replace(one.way, cc=(COLLEAGUE, "carl@example.test"))))

    assert told["Destination"] == {"ToAddresses": [ANA], "CcAddresses": [COLLEAGUE, "carl@example.test"]}
    assert message_from_bytes(mail, policy=default)["cc"] == f"{COLLEAGUE}, carl@example.test"


def test_files_go_in_the_mail_under_their_names() -> None:
    parts = (
        Part("그림.png", "image/png", 3, PartState.STORED, "media/1"),
        Part("notes", "", 5, PartState.STORED, "media/2"),
        Part("film.mp4", "video/mp4", 9, PartState.STORED, "media/3", link="L" * 26),
    )
    bodies = {"media/1": b"png", "media/2": b"notes"}

    _, mail = sent(entry(content=Content("See", parts, "Re: x")), replace(NOWHERE, bodies=bodies))

    text, *others = message_from_bytes(mail, policy=default).iter_parts()
    files = {one.get_filename(): (one.get_content_type(), one.get_content()) for one in others}
    assert files == {
        "그림.png": ("image/png", b"png"),
        "notes": ("application/octet-stream", b"notes"),
    }
    assert f"https://shop.example.test/public/files/{CUSTOMER}.7.2." in text.get_content()


def test_a_file_without_words_is_a_mail_and_one_that_is_gone_is_none() -> None:
    part = Part("a.png", "image/png", 3, PartState.STORED, "media/1")
    alone = entry(content=Content("", (part,), "Re: x"))

    assert sent(alone, replace(NOWHERE, bodies={"media/1": b"png"}))
    with pytest.raises(Rejected, match="file_gone"):
        sent(alone)


def test_a_question_shows_its_choices_by_number() -> None:
    _, mail = sent(entry(choices=(Choice("a", "Delivery"), Choice("b", "Returns"))))

    assert message_from_bytes(mail, policy=default).get_content().split("\r\n")[:3] == [
        "Hi",
        "1 Delivery",
        "2 Returns",
    ]


def test_a_mail_that_we_begin_comes_from_our_usual_address() -> None:
    ours = replace(NOWHERE, own_side="desk@shop.example.test", sends_with="patchbay")
    begun = entry(way=Way("email", Address("email", ANA), CUSTOMER, ANA))

    told, mail = sent(begun, ours)
    read = message_from_bytes(mail, policy=default)

    assert told["FromEmailAddress"] == read["from"] == "desk@shop.example.test"
    assert told["ConfigurationSetName"] == "patchbay"
    assert read["references"] is None and read["reply-to"].startswith("desk+t.")
