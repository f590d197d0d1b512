"""The stand-in for SES: any mail program can write to it, and its words are read as SES's own."""

import asyncio
import smtplib
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import pytest

from functions.channels.email import inbound
from functions.channels.email.feedback import feedback
from infra.local.providers.ses import Letter, StandInSes, words
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.request import Notice
from shared.domain.timeline.entry import Delivery
from tests.support.webhooks import raw

OWN = "help@shop.example.test"


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ana Kim <ana@example.test>", OWN, "주문"
    mail.set_content("안녕하세요, 언제 오나요?")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="영수증.pdf")
    return mail


def sent(deliver: Callable[[Letter], Awaitable[None]], mail: EmailMessage) -> None:
    """A mail goes by SMTP, as a mail program sends it."""

    async def scene() -> None:
        ses = StandInSes(deliver)
        await ses.start()
        await asyncio.to_thread(by_smtp, ses.port, mail)
        await ses.stop()

    asyncio.run(scene())


def by_smtp(port: int, mail: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as program:
        program.send_message(mail)


def test_what_a_mail_program_sends_arrives_as_a_message() -> None:
    letters: list[Letter] = []

    async def keep(letter: Letter) -> None:
        letters.append(letter)

    sent(keep, a_mail())
    (letter,) = letters
    (piece,) = inbound.cut(Notice("topic", letter.notice, letter.key, letter.raw)).events
    arrival = inbound.parse(raw("email", piece.payload))

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert (arrival.way.address.value, arrival.way.own_side) == ("ana@example.test", OWN)
    assert arrival.what.text == "안녕하세요, 언제 오나요?"
    assert [part.name for part in arrival.what.content.parts] == ["영수증.pdf"]
    assert inbound.key(Notice("topic", letter.notice)) == letter.key


def test_a_mail_that_could_not_be_kept_is_not_called_taken() -> None:
    async def fail(letter: Letter) -> None:
        raise OSError("no bucket")

    with pytest.raises(smtplib.SMTPDataError) as refused:
        sent(fail, a_mail())

    assert refused.value.smtp_code == 451


@pytest.mark.parametrize(
    ("to", "state", "reason", "suppresses"),
    [
        ("ana@example.test", Delivery.DELIVERED, "", False),
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
    told = feedback(words("0100-1", to, {"entry": ["C-7"]}))

    assert told and (told.state, told.reason, bool(told.suppressed)) == (state, reason, suppresses)
