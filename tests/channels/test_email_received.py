"""A received mail in pieces: what travels, what lies in the bucket, and which conversation a token names."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from functions.channels.email import inbound
from functions.channels.email.received import MARK, TEXT_LIMIT
from functions.channels.email.threads import reply_address
from shared.domain.channel.conversation import Conversation
from shared.domain.channel.media import UPLOAD
from shared.domain.channel.request import Cut, Notice
from tests.channels.test_email import NAMES
from tests.channels.test_email import raw as sample
from tests.channels.test_email_channel import OWN, received

ASKED = Conversation("01KE0000000000000000000000", "7K2M9QX4")
NEVER = AssertionError("nobody needs the secret here")


def document(cut: Cut) -> dict[str, Any]:
    (piece,) = cut.events
    return dict(json.loads(piece.payload))


def test_the_files_of_a_mail_lie_where_its_parts_say() -> None:
    cut = inbound.cut(received("file_names_twice"))

    keys = [part["source"].removeprefix(UPLOAD) for part in document(cut)["parts"]]
    assert keys == ["uploads/mail/0100-1/0", "uploads/mail/0100-1/1"]
    assert [file.key for file in cut.files] == keys
    assert all(file.body for file in cut.files)


def test_a_file_with_a_virus_is_not_kept_and_neither_is_the_mail_it_came_in() -> None:
    cut = inbound.cut(received("file_names_twice", virusVerdict={"status": "FAIL"}))

    assert cut.files == () and document(cut)["problems"] == ["virus"]
    assert {(part["state"], part["reason"]) for part in document(cut)["parts"]} == {("refused", "virus")}


def test_a_mail_that_could_not_be_read_whole_is_its_own_last_file() -> None:
    notice = received("bare_noise")
    cut = inbound.cut(notice)

    told = document(cut)
    assert "unreadable" in told["problems"]
    assert (told["parts"][-1]["name"], told["parts"][-1]["type"]) == ("mail.eml", "message/rfc822")
    assert cut.files[-1].key == told["parts"][-1]["source"].removeprefix(UPLOAD)
    assert len(cut.files[-1].body) == len(notice.file)


@pytest.mark.parametrize("name", NAMES)
def test_the_raw_mail_stands_beside_what_was_read_exactly_where_something_was_not(name: str) -> None:
    told = document(inbound.cut(received(name)))

    assert ("mail.eml" in [part["name"] for part in told["parts"]]) == bool(told["problems"])


def test_html_lies_beside_the_message_and_its_pictures_have_the_numbers_of_their_parts() -> None:
    cut = inbound.cut(received("html_cid_picture"))

    page = next(file for file in cut.files if file.key == document(cut)["body_key"])
    assert page.key == "bodies/mail/0100-1.html" and page.type == "text/html; charset=utf-8"
    assert b'src="cid:0"' in page.body


def test_what_travels_as_text_alone_has_no_body_in_the_bucket() -> None:
    cut = inbound.cut(received("plain"))

    assert document(cut)["body_key"] == "" and cut.files == ()


def test_a_text_longer_than_travels_ends_with_a_mark_and_lies_whole_in_the_bucket() -> None:
    long = sample("plain") + b"word <b> " * 5_000

    cut = inbound.cut(replace(received("plain"), file=long))

    told = document(cut)
    assert told["text"].endswith(MARK) and len(told["text"]) == TEXT_LIMIT + len(MARK)
    assert [file.key for file in cut.files] == [told["body_key"]]
    assert cut.files[0].body.count(b"word &lt;b&gt;") == 5_000


def test_an_id_that_is_no_plain_word_makes_no_path() -> None:
    notice = received("file_names_twice")
    told = json.loads(notice.body)
    told["mail"]["messageId"] = "../../reports/x"

    cut = inbound.cut(replace(notice, body=json.dumps(told)))

    assert cut.events[0].event_id == "../../reports/x"
    assert {len(file.key.split("/")) for file in cut.files} == {4} and ".." not in cut.files[0].key


def test_card_numbers_are_in_nothing_that_the_door_keeps() -> None:
    card = b"4111 1111 1111 1111"
    mail = sample("text_file").replace(b"\n\n", b"\n\n" + card + b"\n")

    cut = inbound.cut(replace(received("text_file"), file=mail))

    assert card.decode() not in cut.events[0].payload
    assert not [file.key for file in cut.files if card in file.body]


def test_an_appointment_and_the_names_in_a_winmail_stand_in_the_text() -> None:
    assert " · " in document(inbound.cut(received("calendar")))["text"]
    assert "winmail.dat: " in document(inbound.cut(received("winmail")))["text"].lower()


def with_token(key: str, secrets: Any, recipient: str = "") -> Notice:
    to = recipient or reply_address(OWN, ASKED, key)
    return replace(received("plain", recipients=["office@shop.example.test", to]), secrets=secrets)


@pytest.mark.parametrize("key", ["as-it-is", "as-it-was"])
def test_a_token_of_the_current_or_the_previous_secret_names_its_conversation(key: str) -> None:
    versions: tuple[Mapping[str, str], ...] = ({"thread_key": "as-it-is"}, {"thread_key": "as-it-was"})

    told = document(inbound.cut(with_token(key, versions)))

    assert told["conversation"] == {"customer_id": ASKED.customer_id, "case_number": ASKED.case_number}


@pytest.mark.parametrize("versions", [(), ({},), ({"thread_key": ""},), ({"thread_key": "another"},)])
def test_a_token_that_no_secret_made_names_nothing(versions: tuple[Mapping[str, str], ...]) -> None:
    assert document(inbound.cut(with_token("", versions)))["conversation"] is None


def test_a_mail_without_a_token_asks_for_no_secret() -> None:
    def versions() -> Iterator[Mapping[str, str]]:
        raise NEVER
        yield {}

    told = document(inbound.cut(with_token("key", versions(), OWN)))

    assert told["conversation"] is None


@pytest.mark.parametrize("recipients", [None, "help@shop.example.test", [], [None], [{"a": 1}]])
def test_recipients_in_another_form_hinder_nothing(recipients: object) -> None:
    assert document(inbound.cut(received("plain", recipients=recipients)))["sender"] == "ana@example.test"
