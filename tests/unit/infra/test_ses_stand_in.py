"""The stand-in for SES: mail programs write to it, its words are read as SES's own, its mailboxes answer."""

import smtplib
from base64 import b64encode

import mailparser
import pytest

from functions.channels.email import inbound
from functions.channels.email.feedback import feedback
from infra.local.providers.ses_book import ADDRESS
from infra.local.providers.ses_words import words
from infra.local.sent_mails import sent_id, tags_of, without
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.request import Notice
from shared.domain.timeline.entry import Delivery
from tests.support.mail_server import Post, from_the_centre, run, to_the_centre
from tests.support.webhooks import raw

ANA = "ana@example.test"


def arrived(post: Post) -> Arrival:
    """The only mail that SES received, read by our door."""
    (notice,), ((key, mail),) = post.notices, post.objects.items()
    assert inbound.key(Notice("topic", notice)) == key
    (piece,) = inbound.cut(Notice("topic", notice, key, mail)).events
    arrival = inbound.parse(raw("email", piece.payload))
    assert isinstance(arrival, Arrival)
    return arrival


def test_what_a_mail_program_sends_arrives_as_a_message() -> None:
    async def journey(post: Post) -> None:
        await post.by_smtp(to_the_centre())

    arrival = arrived(run(journey))

    assert isinstance(arrival.what, Message)
    assert (arrival.way.address.value, arrival.way.own_side) == (ANA, ADDRESS)
    assert arrival.what.text == "안녕하세요, 언제 오나요?"
    assert [part.name for part in arrival.what.content.parts] == ["영수증.pdf"]


def test_two_mails_have_two_names_also_after_a_restart() -> None:
    async def journey(post: Post) -> None:
        await post.by_smtp(to_the_centre())

    assert not run(journey).objects.keys() & run(journey).objects.keys()


def test_a_mail_that_could_not_be_kept_is_not_called_taken() -> None:
    async def journey(post: Post) -> None:
        post.fails = True
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await post.by_smtp(to_the_centre())
        assert refused.value.smtp_code == 451

    assert run(journey).notices == []


def test_what_ses_finds_of_the_next_mails_can_be_ordered() -> None:
    async def journey(post: Post) -> None:
        await post.ask("/verdicts", {"dmarc": "FAIL"})
        await post.by_smtp(to_the_centre())

    assert '"dmarcVerdict": {"status": "FAIL"}' in run(journey).notices[0]


def test_a_mail_of_ours_lies_in_the_mailbox_of_who_got_it_and_is_told_as_delivered() -> None:
    async def journey(post: Post) -> None:
        await post.by_smtp(from_the_centre(), ADDRESS, ANA)
        _, told = await post.ask(f"/messages?address={ANA}")
        _, others = await post.ask("/messages?address=bo@example.test")

        (mail,) = told["items"]
        assert (mail["direction"], mail["from"], mail["text"]) == ("outbound", ADDRESS, "내일 도착합니다.")
        assert others["items"] == []

    post = run(journey)
    assert post.objects == {}
    (state,) = [feedback(word) for word in post.notices]
    assert state and (state.provider_id, state.state) == ("0100-1", Delivery.DELIVERED)


def test_an_answer_from_the_mailbox_goes_where_the_mail_asked_and_names_all_before_it() -> None:
    async def journey(post: Post) -> None:
        ours = from_the_centre(Reply_To="help+t.c.1@shop.example.test", References="<first@example.test>")
        await post.by_smtp(ours, ADDRESS, ANA)
        file = {"name": "사진.png", "type": "image/png", "data": b64encode(b"png").decode()}
        status, _ = await post.ask("/send", {"from": ANA, "text": "Thanks", "answers": 1, "files": [file]})
        assert status == 200

    post = run(journey)
    received = [word for word in post.notices if '"Received"' in word]
    (answer,) = [mailparser.parse_from_bytes(one) for one in post.objects.values()]
    assert "help+t.c.1@shop.example.test" in received[0]
    assert answer.subject == "Re: 주문" and answer.text_plain[0].strip() == "Thanks"
    assert answer.headers["In-Reply-To"] == "<0100-1@ap-northeast-2.amazonses.com>"
    assert answer.headers["References"] == "<first@example.test> <0100-1@ap-northeast-2.amazonses.com>"
    assert [file["filename"] for file in answer.attachments] == ["사진.png"]


def test_a_file_is_a_picture_or_a_download_and_never_a_page() -> None:
    async def journey(post: Post) -> None:
        mail = to_the_centre()
        mail.add_attachment("<script>alert(1)</script>", subtype="html", filename="page.html")
        mail.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="a.gif")
        await post.by_smtp(mail)
        _, told = await post.ask(f"/messages?address={ANA}")
        paths = [file["path"] for file in told["items"][0]["files"]]

        download = "application/octet-stream"
        assert [await post.type_of(path) for path in paths] == [download, download, "image/gif"]
        assert await post.type_of("/mails/1/raw") == "text/plain"
        assert (await post.ask("/mails/1/7"))[0] == 404
        assert (await post.ask("/mails/9/raw"))[0] == 404

    run(journey)


def test_a_link_that_ends_a_list_is_followed_to_the_centre_alone() -> None:
    async def journey(post: Post) -> None:
        links = {"List_Unsubscribe": "<https://elsewhere.example.test/u/1>"}
        await post.by_smtp(from_the_centre(**links), ADDRESS, ANA)
        post.ses.address = "http://127.0.0.1:1"
        _, told = await post.ask(f"/messages?address={ANA}")

        assert told["items"][0]["unsubscribe"] == "https://elsewhere.example.test/u/1"
        assert (await post.ask("/unsubscribe", {"n": 1}))[0] == 400

    run(journey)


@pytest.mark.parametrize(("behaviour", "code"), [("too_many", 454), ("broken", 451)])
def test_it_refuses_on_demand_and_then_takes_again(behaviour: str, code: int) -> None:
    async def journey(post: Post) -> None:
        await post.ask("/control", {"address": ANA, "behaviour": behaviour, "times": 1})
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await post.by_smtp(from_the_centre(), ADDRESS, ANA)
        await post.by_smtp(from_the_centre(), ADDRESS, ANA)

        assert refused.value.smtp_code == code

    assert len(run(journey).ses.book.mails) == 1


def test_a_mail_can_be_taken_without_a_word() -> None:
    async def journey(post: Post) -> None:
        await post.ask("/control", {"behaviour": "no_answer"})
        with pytest.raises(smtplib.SMTPServerDisconnected):
            await post.by_smtp(from_the_centre(), ADDRESS, ANA)

    assert len(run(journey).ses.book.mails) == 1


@pytest.mark.parametrize(
    ("behaviour", "kinds"),
    [
        ("delivered", ["Delivery", "Complaint"]),
        ("reordered", ["Complaint", "Delivery"]),
        ("doubled", ["Delivery", "Delivery", "Complaint", "Complaint"]),
        ("early", ["Delivery", "Complaint"]),
        ("silent", []),
    ],
)
def test_how_ses_tells_of_a_mail_can_be_ordered(behaviour: str, kinds: list[str]) -> None:
    async def journey(post: Post) -> None:
        await post.ask("/control", {"behaviour": behaviour})
        await post.by_smtp(from_the_centre("complaint@example.test"), ADDRESS, "complaint@example.test")
        assert behaviour != "early" or len(post.notices) == 2

    assert [word.split('"')[3] for word in run(journey).notices] == kinds


@pytest.mark.parametrize(
    ("to", "state", "reason", "suppresses"),
    [
        (ANA, Delivery.DELIVERED, "", False),
        ("bounce@example.test", Delivery.FAILED, "no_such_address", True),
        ("suppressionlist@example.test", Delivery.FAILED, "on_suppression_list", True),
        ("ooto@example.test", None, "answered_automatically", False),
        ("full@example.test", Delivery.FAILED, "mailboxfull", False),
        ("complaint@example.test", None, "complained", True),
    ],
)
def test_the_address_decides_what_is_told_of_our_mail(
    to: str, state: Delivery | None, reason: str, suppresses: bool
) -> None:
    told = feedback(words("0100-1", to, {"entry": ["C-7"]})[-1])

    assert told and (told.state, told.reason, bool(told.suppressed)) == (state, reason, suppresses)


def test_what_leaves_ses_bears_its_names_and_otherwise_what_we_wrote() -> None:
    leaving = from_the_centre(In_Reply_To="<m1@example.test>")

    mail = mailparser.parse_from_bytes(without(leaving, "X-SES-MESSAGE-TAGS"))
    assert (sent_id(leaving), tags_of(leaving)) == ("0100-1", {"entry": ["C-7"]})
    assert leaving.lower().count(b"message-id:") == 1
    assert mail.message_id == "<0100-1@ap-northeast-2.amazonses.com>"
    assert (mail.subject, mail.headers["In-Reply-To"]) == ("Re: 주문", "<m1@example.test>")
    assert "X-SES-MESSAGE-TAGS" not in mail.headers
    assert mail.text_plain[0].strip() == "내일 도착합니다."


def test_a_header_is_left_out_with_its_folded_lines_and_the_text_is_not_touched() -> None:
    mail = b"A: 1\r\nDate: x\r\n folded\r\nB: 2\r\n\r\nDate: in the text\r\n"

    assert without(mail, "Date") == b"A: 1\r\nB: 2\r\n\r\nDate: in the text\r\n"
