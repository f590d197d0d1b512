"""Mails the whole way live: a mail program, the template on the embedded AWS, the desk, and a mailbox."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import mailparser
import pytest

from infra.local.centre import Centre
from infra.local.providers.ses import StandInSes
from infra.local.providers.ses_book import ADDRESS, Posted
from tests.support.patience import soon
from tests.support.person import Case, Person, taken

pytestmark = pytest.mark.embedded
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def by_program(centre: Centre, mail: EmailMessage) -> None:
    """As any mail program sends it: to the address that `make run` prints."""
    assert centre.mail
    host, _, port = centre.mail.server.partition(":")
    with smtplib.SMTP(host, int(port), local_hostname="localhost", timeout=60) as program:
        program.send_message(mail)


def a_mail(sender: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ADDRESS, subject
    mail["Message-ID"] = f"<{subject.replace(' ', '-')}@mail.example.test>"
    mail.set_content(text)
    return mail


def mailbox(centre: Centre, address: str) -> list[Posted]:
    """What the centre sent to this address."""
    ses = centre.providers["email"]
    assert isinstance(ses, StandInSes)
    return [one for one in ses.book.mails if not one.inbound and address in one.recipients]


def attached(centre: Centre, case: Case, name: str, body: bytes) -> dict[str, str]:
    """A file of the agent's, put where the desk puts it."""
    told = case.agent.ask(
        "POST", f"/api/cases/{case.id}/files", {"channel": "email", "name": name, "size": len(body)}
    )
    bucket, key = centre.outputs["FilesBucket"], told["upload"]["fields"]["key"]
    centre.client("s3").put_object(Bucket=bucket, Key=key, Body=body)
    return {"id": told["id"], "name": told["name"]}


def line(case: Case, wanted: Callable[[Any], bool]) -> Any:
    return soon(lambda: next((one for one in case.lines() if wanted(one)), None))


@pytest.fixture
def agent(centre: Centre) -> Any:
    person = Person(centre, "agent1@example.test")
    yield person
    person.ask("PUT", "/api/me/presence", {"presence": "offline"})


def test_a_mail_is_answered_with_a_file_and_its_answer_comes_back_to_the_same_case(
    centre: Centre, agent: Person
) -> None:
    mail = a_mail("Ana Kim <ana@example.test>", "Where is my parcel", "It has not come.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="영수증.pdf")
    by_program(centre, mail)
    case = taken(agent, "It has not come.")
    came = line(case, lambda one: any(file["state"] == "stored" for file in one["files"]))
    assert [file["name"] for file in came["files"]] == ["영수증.pdf"]

    file = attached(centre, case, "label.pdf", PDF)
    sent = case.act("replies", channel="email", text="It comes tomorrow.", version=0, files=[file])["entry"]
    (got,) = soon(lambda: mailbox(centre, "ana@example.test"))
    line(case, lambda one: one["seq"] == sent["seq"] and one["delivery"] == "delivered")

    read = mailparser.parse_from_bytes(got.raw)
    assert read.subject == "Re: Where is my parcel"
    assert read.text_plain[0].strip() == "It comes tomorrow."
    assert [one["filename"] for one in read.attachments] == ["label.pdf"]
    assert read.headers["In-Reply-To"] == "<Where-is-my-parcel@mail.example.test>"
    assert got.header("Reply-To").startswith("help+t.")

    told = {"from": "ana@example.test", "text": "Thank you, that helps.", "answers": got.n}
    Person(centre).ask("POST", "/local/email/send", told)
    line(case, lambda one: one.get("text") == "Thank you, that helps.")
    case.act("close", disposition="solved")


def test_a_mail_that_bounces_is_shown_with_its_reason(centre: Centre, agent: Person) -> None:
    mail = a_mail("dana@example.test", "Wrong address", "Do you read this?")
    mail["Reply-To"] = "bounce@example.test"
    by_program(centre, mail)
    case = taken(agent, "Do you read this?")

    sent = case.act("replies", channel="email", text="Yes, we do.", version=0)["entry"]

    failed = line(case, lambda one: one["seq"] == sent["seq"] and one["delivery"] == "failed")
    assert failed["delivery_reason"] == "no_such_address"
    assert mailbox(centre, "bounce@example.test")[0].state == "bounced"
    case.act("close", disposition="solved")


def test_a_mail_that_ses_took_for_forged_is_another_customers(centre: Centre, agent: Person) -> None:
    by_program(centre, a_mail("cho@example.test", "First of all", "The true Cho."))
    true = taken(agent, "The true Cho.")
    Person(centre).ask("POST", "/local/email/verdicts", {"dmarc": "FAIL"})
    try:
        by_program(centre, a_mail("cho@example.test", "Second", "Somebody else."))
        other = taken(agent, "Somebody else.")
    finally:
        Person(centre).ask("POST", "/local/email/verdicts", {"dmarc": "PASS"})

    assert other.customer != true.customer
    for case in (true, other):
        case.act("close", disposition="spam")


def test_one_click_in_a_mail_of_our_programs_ends_them(centre: Centre, agent: Person) -> None:
    by_program(centre, a_mail("fay@example.test", "A question", "Are you open on Monday?"))
    case = taken(agent, "Are you open on Monday?")
    case.act("replies", channel="email", text="From nine o'clock.", version=0)
    case.act("close", disposition="solved")
    (asked,) = soon(lambda: [one for one in mailbox(centre, "fay@example.test") if one.unsubscribe])
    person = Person(centre)

    assert asked.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert asked.header("Auto-Submitted").startswith("auto-")
    assert person.ask("POST", "/local/email/unsubscribe", {"n": asked.n}) == {"status": 200}
    assert person.ask("POST", "/local/email/unsubscribe", {"n": asked.n}) == {"status": 200}
    soon(lambda: "unsubscribed" in str(agent.ask("GET", f"/api/customers/{case.customer}")))
