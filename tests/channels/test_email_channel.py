"""The two ways of mail: what SES brings becomes a message or a state, and what we say becomes a mail."""

import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import mailparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.channels.email import inbound, outbound
from functions.channels.email.mail import read
from functions.channels.email.threads import named
from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored, Message, ProviderId, Reference, StateUpdate
from shared.domain.channel.carriage import AwsCall, Failed, Later, NoAnswer, OtherSide, Sent
from shared.domain.channel.commands import Raw
from shared.domain.channel.conversation import Conversation
from shared.domain.channel.request import Notice
from shared.domain.errors import Malformed, Rejected
from shared.domain.ids import case_number, ulid
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from tests.channels.test_email import NAMES
from tests.channels.test_email import raw as sample
from tests.support.webhooks import raw

TOPIC = "arn:aws:sns:ap-northeast-2:000000000000:mail"
OWN = "help@shop.example.test"
NOWHERE = OtherSide("", "")


def received(name: str, **receipt: Any) -> Notice:
    """The notice of a sample, as SES writes it, with the mail beside it."""
    action = {"type": "S3", "bucketName": "mail", "objectKey": "inbound/0100-1"}
    usual = {"recipients": [OWN], "dmarcVerdict": {"status": "PASS"}, "action": action}
    told = {
        "notificationType": "Received",
        "mail": {"messageId": "0100-1", "source": "ana@example.test"},
        "receipt": usual | receipt,
    }
    return Notice(TOPIC, json.dumps(told), "inbound/0100-1", sample(name))


def through(notice: Notice) -> Arrival | Ignored:
    (piece,) = inbound.cut(notice).events
    return inbound.parse(raw("email", piece.payload))


def message_of(notice: Notice) -> tuple[Way, Content]:
    arrival = through(notice)
    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    return arrival.way, arrival.what.content


def test_a_mail_becomes_a_message_and_its_way_leads_back() -> None:
    way, content = message_of(received("quote_gmail_ko"))

    back = ("email", Address("email", "ana@example.test"), "", "ana@example.test", OWN, way.thread)
    assert way == Way(*back, subject="Re: Where is my order")
    assert way.thread.endswith("@mail.example.test")
    assert content.text == "네, 감사합니다." and content.quoted.endswith("> 주문을 찾았습니다.")
    assert content.subject == "Re: Where is my order"


def test_files_are_known_by_reference_and_those_with_a_virus_are_refused() -> None:
    _, content = message_of(received("file_names_twice"))
    _, infected = message_of(received("file_names_twice", virusVerdict={"status": "FAIL"}))

    assert [(part.name, part.state) for part in content.parts] == [("scan.pdf", PartState.WAITING)] * 2
    assert {part.state for part in infected.parts} == {PartState.REFUSED}


def test_nothing_leaves_the_door_before_it_is_masked() -> None:
    (piece,) = inbound.cut(received("file_name_card")).events

    assert "4111" not in piece.payload and "****" in piece.payload


def test_a_mail_to_a_token_shows_our_address_without_it() -> None:
    way, _ = message_of(received("plain", recipients=["Help+t.x.y.z@Shop.example.test"]))

    assert way.own_side == OWN


@pytest.mark.parametrize("verdict", ["GRAY", "PROCESSING_FAILED", "DISABLED", ""])
def test_whom_nothing_proves_gets_answers_at_their_own_domain_alone(verdict: str) -> None:
    notice = received("plain")
    notice = replace(notice, body=notice.body.replace("PASS", verdict))

    def asks(address: str) -> str:
        told = replace(notice, file=f"Reply-To: {address}\r\n".encode() + notice.file)
        return message_of(told)[0].reply_to

    assert asks("mallory@elsewhere.test") == "ana@example.test"
    assert asks("orders@example.test") == "orders@example.test"


def test_a_reply_to_of_a_forged_mail_is_not_followed() -> None:
    notice = received("plain")
    elsewhere = replace(notice, file=b"Reply-To: mallory@example.test\r\n" + notice.file)
    forged = replace(elsewhere, body=elsewhere.body.replace("PASS", "FAIL"))

    assert message_of(elsewhere)[0].reply_to == "mallory@example.test"
    assert message_of(forged)[0].reply_to == "ana@example.test"
    assert message_of(elsewhere)[0].address == Address("email", "ana@example.test")


def test_a_mail_without_a_sender_is_that_of_its_envelope() -> None:
    assert message_of(received("from_missing"))[0].address.value == "ana@example.test"


def test_a_mail_from_our_own_address_begins_no_loop() -> None:
    own = sample("plain").replace(b"<ana@example.test>", f"<{OWN}>".encode())

    assert through(replace(received("plain"), file=own)) == Ignored("from_ourselves")


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_a_message(name: str) -> None:
    message_of(received(name))


@given(st.binary(max_size=200))
def test_a_mail_of_any_bytes_arrives(data: bytes) -> None:
    assert isinstance(through(replace(received("plain"), file=data)), (Arrival, Ignored))


def test_a_received_mail_without_an_id_is_malformed() -> None:
    with pytest.raises(Malformed):
        inbound.cut(Notice(TOPIC, '{"notificationType": "Received"}'))


@pytest.mark.parametrize(
    "body", ["", "Successfully validated SNS topic.", "[]", "{}", '{"eventType": "Open"}']
)
def test_a_word_that_changes_nothing_is_no_event(body: str) -> None:
    cut = inbound.cut(Notice(TOPIC, body))

    assert not cut.events and not cut.states and inbound.key(Notice(TOPIC, body)) == ""


@pytest.mark.parametrize("payload", ["", "{}", "[]", "null", '{"id": 1}', '{"sender": "a"}'])
def test_a_payload_that_is_not_ours_is_rejected(payload: str) -> None:
    for parse in (inbound.parse, inbound.parse_state):
        with pytest.raises(Rejected):
            parse(raw("email", payload))


def heard(**told: Any) -> Raw:
    mail = {"messageId": "0100-1", "tags": {"entry": ["CUSTOMER-7"]}}
    (piece,) = inbound.cut(Notice(TOPIC, json.dumps({"mail": mail} | told))).states
    return raw("email", piece.payload)


def test_a_state_finds_its_message_by_our_tag_or_by_the_id_of_ses() -> None:
    tagged = inbound.parse_state(heard(eventType="Delivery"))
    untagged = inbound.parse_state(heard(eventType="Delivery", mail={"messageId": "0100-1"}))

    assert tagged == StateUpdate(Reference("CUSTOMER", 7), Delivery.DELIVERED, "0100-1")
    assert untagged == StateUpdate(ProviderId("0100-1"), Delivery.DELIVERED, "0100-1")


def test_an_out_of_office_bounce_changes_nothing_of_the_message() -> None:
    bounce = {"bounceType": "Transient", "bounceSubType": "General", "bouncedRecipients": []}

    assert inbound.parse_state(heard(eventType="Bounce", bounce=bounce)) == Ignored("answered_automatically")


def test_two_states_of_one_mail_are_two_events_and_the_same_one_twice_is_one() -> None:
    words = [
        json.dumps({"eventType": kind, "mail": {"messageId": "0100-1"}, "reject": {}})
        for kind in ("Delivery", "Reject", "Delivery")
    ]

    ids = [inbound.cut(Notice(TOPIC, word)).states[0].event_id for word in words]

    assert ids[0] == ids[2] != ids[1]


CUSTOMER = ulid(START, bytes(10))
WAY = Way("email", Address("email", "ana@example.test"), CUSTOMER, "ana@example.test", OWN, "m1@example.test")
REPLY = Entry(
    CUSTOMER,
    7,
    "E7",
    START,
    Kind.MESSAGE_SENT,
    Audience.CUSTOMER,
    "agent:A1",
    WAY,
    case_id="C1",
    content=Content("안녕하세요.\nWe found it.", subject="Re: 주문"),
)
SECRET = {"thread_key": "key-of-the-tests"}


def sent(entry: Entry, secret: dict[str, str] = SECRET, side: OtherSide = NOWHERE) -> Any:
    call = outbound.render(entry, secret, side)
    assert isinstance(call, AwsCall)
    return message_from_bytes(call.parameters["Content"]["Raw"]["Data"], policy=default)


FORM = "bodies/desk/1.html"
FORMED = replace(REPLY, content=replace(REPLY.content, body_key=FORM))


def test_a_mail_with_letters_in_bold_brings_its_plain_text_first() -> None:
    mail = sent(FORMED, side=OtherSide("", "", bodies={FORM: "<p>안녕하세요. <b>We</b></p>".encode()}))

    assert mail.get_content_type() == "multipart/alternative"
    plain, form = mail.iter_parts()
    assert (plain.get_content_type(), form.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().split() == REPLY.text.split()
    assert form.get_content().strip() == "<p>안녕하세요. <b>We</b></p>"


def test_links_to_files_stand_in_both() -> None:
    part = Part("a.pdf", "application/pdf", 5, PartState.STORED, key="media/1", link="0" * 26)
    entry = replace(FORMED, content=replace(FORMED.content, parts=(part,)))
    side = OtherSide("", "https://desk.example.test", bodies={FORM: b"<p>Hi</p>"})

    plain, form = sent(entry, side=side).iter_parts()

    assert "https://desk.example.test/public/files/" in plain.get_content()
    assert "<p>https://desk.example.test/public/files/" in form.get_content()


def test_a_form_that_is_gone_leaves_the_plain_text() -> None:
    assert sent(FORMED).get_content_type() == "text/plain"


def test_a_reply_is_a_mail_that_its_answer_finds_back_to() -> None:
    mail = sent(REPLY)

    assert (mail["from"], mail["to"], mail["subject"]) == (OWN, "ana@example.test", "Re: 주문")
    assert mail.get_content().split("\r\n") == [*REPLY.text.split("\n"), ""]
    assert mail["in-reply-to"] == mail["references"] == "<m1@example.test>"
    assert named([mail["reply-to"]], SECRET.values()) == Conversation(CUSTOMER, case_number("C1"))


def test_another_parser_reads_our_mail_as_we_wrote_it() -> None:
    call = outbound.render(REPLY, SECRET, NOWHERE)
    mail = mailparser.parse_from_bytes(call.parameters["Content"]["Raw"]["Data"])

    assert (mail.subject, mail.from_, mail.to) == ("Re: 주문", [("", OWN)], [("", "ana@example.test")])
    assert mail.body.split() == REPLY.text.split() and not mail.defects


def test_the_call_goes_to_one_address_and_bears_our_tag() -> None:
    told = outbound.render(REPLY, SECRET, NOWHERE).parameters

    assert told["Destination"] == {"ToAddresses": ["ana@example.test"]}
    assert told["EmailTags"] == [{"Name": "entry", "Value": f"{CUSTOMER}-7"}]


def test_without_a_key_a_reply_bears_no_token() -> None:
    assert sent(REPLY, {})["reply-to"] is None


def test_what_an_agent_writes_is_no_automatic_mail_and_what_we_send_by_ourselves_is_one() -> None:
    ours = replace(REPLY, actor="system")

    assert sent(REPLY)["auto-submitted"] is None
    assert sent(ours)["auto-submitted"] == "auto-replied"
    assert sent(replace(ours, way=replace(WAY, thread="")))["auto-submitted"] == "auto-generated"
    call = outbound.render(ours, SECRET, NOWHERE)
    assert read(call.parameters["Content"]["Raw"]["Data"]).automatic == "auto_submitted"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (replace(REPLY, content=Content("")), "empty"),
        (replace(REPLY, way=replace(WAY, own_side="")), "configuration"),
        (replace(REPLY, content=Content("Hi", subject="Re: x\r\nBcc: mallory@example.test")), "bad_header"),
        (replace(REPLY, way=replace(WAY, thread="a>\r\nBcc: <b")), "bad_header"),
    ],
)
def test_what_cannot_be_sent_is_rejected_before_it_leaves(entry: Entry, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        outbound.render(entry, SECRET, NOWHERE)


@pytest.mark.parametrize(
    ("status", "body", "meant"),
    [
        (200, {"MessageId": "0100-2"}, Sent("0100-2")),
        (429, {"Code": "TooManyRequestsException"}, Later("busy", "TooManyRequestsException")),
        (400, {"Code": "ThrottlingException"}, Later("busy", "ThrottlingException")),
        (400, {"Code": "MessageRejected"}, Failed("refused", "MessageRejected")),
        (400, {"Code": "SendingPausedException"}, Failed("configuration", "SendingPausedException")),
        (400, {"Code": "Unheard"}, Failed("refused", "Unheard")),
        (500, {"Code": "InternalFailure"}, NoAnswer("status 500")),
    ],
)
def test_an_answer_of_ses_has_one_meaning(status: int, body: dict[str, str], meant: object) -> None:
    assert outbound.interpret(status, body) == meant
