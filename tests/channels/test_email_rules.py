"""What follows from a mail: where it belongs, who may answer it, what a bounce stops, what a click ends."""

import json
from contextlib import suppress
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.channels.email import answering, automatic, threads, unsubscribe
from functions.channels.email.feedback import Feedback, feedback
from functions.channels.email.mail import read
from functions.channels.email.threads import (
    named,
    reply_address,
    verdict,
)
from functions.channels.email.unsubscribe import Act, Recipient
from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.channel.arrival import Suppressed
from shared.domain.channel.conversation import Conversation
from shared.domain.errors import Malformed
from shared.domain.ids import case_number, short, ulid
from shared.domain.timeline.entry import Delivery
from tests.channels.test_email import NAMES, mail, raw

CUSTOMER = ulid(START, bytes(10))
OURS = Conversation(CUSTOMER, case_number("C1"))
KEY, OLD_KEY = "key-of-the-tests", "key-of-last-year"
ADDRESS = reply_address("help@shop.example.test", OURS, KEY)


def test_our_token_comes_back_whatever_a_server_does_to_the_case_of_letters() -> None:
    assert len(ADDRESS.partition("@")[0]) <= threads.LONGEST_LOCAL
    for came in (ADDRESS, ADDRESS.upper(), ADDRESS.title()):
        assert named([came], [KEY]) == OURS


def test_a_token_of_the_previous_key_still_counts() -> None:
    assert named([reply_address("help@shop.example.test", OURS, OLD_KEY)], [KEY, OLD_KEY]) == OURS


@given(st.integers(0, len(ADDRESS.partition("@")[0]) - 1), st.sampled_from("abcdefgh234567"))
def test_a_token_that_anybody_changed_names_nothing(place: int, letter: str) -> None:
    changed = ADDRESS[:place] + letter + ADDRESS[place + 1 :]

    found = named([changed], [KEY])

    assert found is None or (found == OURS and changed[5:] == ADDRESS[5:])


@pytest.mark.parametrize(
    "recipient", ["", "help@shop.example.test", "help+t.a.b@x", "@", "help+t.a.b.c" * 99]
)
def test_an_address_without_a_token_names_nothing(recipient: str) -> None:
    assert named([recipient], [KEY]) is None


def test_an_own_address_too_long_for_a_token_stays_as_it_is() -> None:
    own = "customer-service-of-the-whole-shop@shop.example.test"

    assert reply_address(own, OURS, KEY) == own


ANA = "ana@example.test"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("PASS", "proven"),
        ("FAIL", "failed"),
        ("GRAY", "unknown"),
        ("DISABLED", "unknown"),
        ("new", "unknown"),
    ],
)
def test_a_verdict_of_ses_proves_or_refutes_or_says_nothing(word: str, meant: str) -> None:
    assert verdict(word).value == meant


AUTOMATIC = {
    "auto_out_of_office": "auto_submitted",
    "auto_list": "bulk",
    "auto_korean_away": "autoresponder",
    "bounce_report": "report",
    "no_reply_sender": "robot",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_of_a_program_is_known_as_one(name: str) -> None:
    assert mail(name).automatic == AUTOMATIC.get(name, "")


HEADERS = {
    "Auto-Submitted: auto-replied; owner-email=x": "auto_submitted",
    "Auto-Submitted: NO": "",
    "Return-Path: <>": "null_sender",
    "Return-Path: <ana@example.test>": "",
    "Precedence: Bulk": "bulk",
    "Precedence: first-class": "",
    "List-Id: <news.example.test>": "list",
    "X-Auto-Response-Suppress: OOF, DR": "suppressed",
    "X-Auto-Response-Suppress: None": "",
    "X-Failed-Recipients: gone@example.test": "autoresponder",
    "From: Mail Delivery <MAILER-DAEMON@example.test>": "robot",
    "From: noreply+abc@example.test": "robot",
    "Subject: Automatic reply: away": "",
}


@pytest.mark.parametrize("header", HEADERS)
def test_each_sign_of_rfc_3834_and_its_relatives_counts_and_a_subject_never(header: str) -> None:
    assert read(f"{header}\r\n\r\nHi\r\n".encode()).automatic == HEADERS[header]


def test_a_null_sender_of_the_envelope_counts_where_ses_says_it() -> None:
    message = EmailMessage()

    assert automatic.reason(message, "") == automatic.reason(message, "<>") == "null_sender"
    assert automatic.reason(message, "ana@example.test") == automatic.reason(message) == ""


def test_our_own_automatic_mail_says_so_and_is_known_as_such_while_an_agents_is_not() -> None:
    for by, headers in answering.HEADERS.items():
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        assert bool(read(head.encode() + raw("plain")).automatic) == (by is not answering.By.PERSON)


def told(**more: Any) -> str:
    return json.dumps({"mail": {"messageId": "0100-1", "destination": ["gone@example.test"]}, **more})


def bounced(kind: str, subtype: str, *addresses: str, name: str = "eventType") -> str:
    recipients = [{"emailAddress": one, "status": "5.1.1", "diagnosticCode": "x"} for one in addresses]
    bounce = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": recipients}
    return told(**{name: "Bounce", "bounce": bounce})


def complained(word: str, *addresses: str) -> str:
    recipients = [{"emailAddress": one} for one in addresses]
    complaint = {"complainedRecipients": recipients, "complaintFeedbackType": word}
    return told(eventType="Complaint", complaint=complaint)


GONE, FULL = "gone@example.test", "full@example.test"
GONE_AT = Address("email", GONE)
FEEDBACK = {
    "delivered": (told(eventType="Delivery", delivery={}), Feedback("0100-1", Delivery.DELIVERED)),
    "delayed": (
        told(eventType="DeliveryDelay", deliveryDelay={"delayType": "MailboxFull"}),
        Feedback("0100-1", None, "delayed", "MailboxFull"),
    ),
    "no such address": (
        bounced("Permanent", "General", "Gone@Example.test"),
        Feedback(
            "0100-1", Delivery.FAILED, "no_such_address", "5.1.1", (Suppressed(GONE_AT, "no_such_address"),)
        ),
    ),
    "of an identity": (
        bounced("Permanent", "NoEmail", GONE, name="notificationType"),
        Feedback(
            "0100-1", Delivery.FAILED, "no_such_address", "5.1.1", (Suppressed(GONE_AT, "no_such_address"),)
        ),
    ),
    "on the list of SES": (
        bounced("Permanent", "OnAccountSuppressionList", GONE),
        Feedback(
            "0100-1",
            Delivery.FAILED,
            "on_suppression_list",
            "5.1.1",
            (Suppressed(GONE_AT, "on_suppression_list"),),
        ),
    ),
    "two addresses in one": (
        bounced("Permanent", "General", f"{GONE}, {FULL}"),
        Feedback(
            "0100-1",
            Delivery.FAILED,
            "no_such_address",
            "5.1.1",
            (Suppressed(GONE_AT, "no_such_address"), Suppressed(Address("email", FULL), "no_such_address")),
        ),
    ),
    "out of office": (
        bounced("Transient", "General", GONE),
        Feedback("0100-1", None, "answered_automatically", "5.1.1"),
    ),
    "mailbox full": (
        bounced("Transient", "MailboxFull", FULL),
        Feedback("0100-1", Delivery.FAILED, "mailboxfull", "5.1.1"),
    ),
    "undetermined": (
        bounced("Undetermined", "Undetermined", FULL),
        Feedback("0100-1", Delivery.FAILED, "undetermined", "5.1.1"),
    ),
    "complained": (
        complained("abuse", GONE),
        Feedback("0100-1", None, "complained", "abuse", (Suppressed(GONE_AT, "complained"),)),
    ),
    "complained, one of two": (
        complained("abuse", GONE, FULL),
        Feedback("0100-1", None, "complained", "abuse"),
    ),
    "not spam": (complained("not-spam", GONE), Feedback("0100-1", None, "not_spam", "not-spam")),
    "refused": (
        told(eventType="Reject", reject={"reason": "Bad content"}),
        Feedback("0100-1", Delivery.FAILED, "rejected", "Bad content"),
    ),
    "opened": (told(eventType="Open", open={}), None),
    "greeting": ("Successfully validated SNS topic for Amazon SES event publishing.", None),
    "a list": ("[]", None),
    "a bounce without recipients": (
        told(eventType="Bounce", bounce={"bounceType": "Permanent"}),
        Feedback("0100-1", Delivery.FAILED, "no_such_address"),
    ),
}


@pytest.mark.parametrize("case", FEEDBACK)
def test_what_ses_says_of_our_mail_has_one_meaning(case: str) -> None:
    message, meant = FEEDBACK[case]

    assert feedback(message) == meant


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["mail", "bounce", "messageId", "eventType"]), inner, max_size=4
            )
        ),
    ),
    st.sampled_from(["Bounce", "Complaint", "Delivery", "DeliveryDelay", "Reject"]),
)
def test_no_word_of_ses_is_a_crash(inner: Any, kind: str) -> None:
    message = told(eventType=kind, bounce=inner, complaint=inner, deliveryDelay=inner, reject=inner)

    with suppress(Malformed):
        assert isinstance(feedback(message), Feedback)


def test_a_bounce_without_its_mail_is_malformed_and_not_passed_over() -> None:
    with pytest.raises(Malformed):
        feedback('{"eventType": "Bounce"}')


EMAIL = Address("email", ANA)
TOKEN = unsubscribe.token(CUSTOMER, EMAIL, KEY)


def test_a_link_to_unsubscribe_shows_no_address_and_names_its_recipient_to_us_alone() -> None:
    assert ANA not in TOKEN and "@" not in TOKEN
    assert unsubscribe.recipient(TOKEN, [OLD_KEY, KEY]) == Recipient(CUSTOMER, short(str(EMAIL)))
    assert unsubscribe.recipient(TOKEN, [OLD_KEY]) is None
    assert unsubscribe.recipient(TOKEN[:-1] + ("A" if TOKEN[-1] != "A" else "B"), [KEY]) is None
    assert unsubscribe.recipient("", [KEY]) is None


@pytest.mark.parametrize(
    ("method", "does"),
    [("POST", Act.END), ("post", Act.END), ("GET", Act.ASK), ("HEAD", Act.ASK), ("DELETE", Act.NOTHING)],
)
def test_a_post_ends_the_mails_and_a_get_only_asks(method: str, does: Act) -> None:
    known = unsubscribe.recipient(TOKEN, [KEY])

    assert unsubscribe.act(method, known) is does
    assert unsubscribe.act(method, None) is Act.NOTHING


def test_a_mail_to_many_offers_one_click() -> None:
    headers = unsubscribe.headers("https://shop.example.test/", TOKEN)

    assert headers["List-Unsubscribe"] == f"<https://shop.example.test/public/unsubscribe/{TOKEN}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
