"""Mail through SES: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html

SES puts its own Message-ID and Date in place of ours. So what finds an answer's conversation stands in
Reply-To and References, and what finds our message again in a tag.
"""

import email.generator  # noqa: F401  # as_bytes imports it when it is first called
from collections.abc import Mapping
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from html import escape
from typing import Any

from functions.channels.email import unsubscribe
from functions.channels.email.answering import HEADERS, By
from functions.channels.email.channel import CHANNEL
from functions.channels.email.notice_fields import MOST_COPIES
from functions.channels.email.threads import reply_address
from shared.domain.channel.carriage import AwsCall, Failed, Later, NoAnswer, OtherSide, Sent
from shared.domain.channel.choosing import question
from shared.domain.channel.conversation import Conversation
from shared.domain.channel.media import UNKNOWN, with_links
from shared.domain.errors import Rejected
from shared.domain.ids import case_number
from shared.domain.timeline.content import Part
from shared.domain.timeline.entry import Entry, Kind

TAG = "entry"
LARGEST = 40_000_000  # bytes that SES takes
# What SES says with an error → what that means. It takes nothing where it says one of these.
PATIENCE = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})
REFUSALS = {
    "SendingPausedException": "configuration",
    "AccountSuspendedException": "configuration",
    "LimitExceededException": "configuration",
    "MailFromDomainNotVerifiedException": "configuration",
    "NotFoundException": "configuration",
    "AccessDeniedException": "configuration",
    "MessageRejected": "refused",
    "BadRequestException": "refused",
}


class Unbroken(EmailPolicy):
    """Names of mails, and links, as they are: Python encodes those that are longer than a line, and then no
    program finds what a mail answers, or where its list ends.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() not in ("references", "in-reply-to", "list-unsubscribe"):
            return super().fold_binary(name, value)
        lines = "\r\n ".join(str(value).split())
        return f"{name}: {lines}\r\n".encode()


UNBROKEN = Unbroken(linesep="\r\n")


def render(entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> AwsCall:
    """The mail that carries this entry, whole. Its way fixes from whom and to whom it goes.

    `secret` may hold `thread_key`; without one, answers find their conversation by References alone. Raises
    Rejected for what cannot be sent.
    """
    own = entry.way.own_side or other_side.own_side
    if not own:
        raise Rejected("configuration")
    mail = _written(entry, own, secret.get("thread_key", ""), other_side)
    if len(mail) > LARGEST:
        raise Rejected("too_long")
    to = {"ToAddresses": [entry.way.reply_to]}
    copies = {"CcAddresses": list(entry.way.cc[:MOST_COPIES])} if entry.way.cc else {}
    told = {
        "FromEmailAddress": own,
        "Destination": to | copies,
        "Content": {"Raw": {"Data": mail}},
        "EmailTags": [{"Name": TAG, "Value": f"{entry.timeline}-{entry.seq}"}],
    }
    named = {"ConfigurationSetName": other_side.sends_with} if other_side.sends_with else {}
    return AwsCall("sesv2", "send_email", told | named)


def interpret(status: int, body: Mapping[str, Any]) -> Sent | Failed | Later | NoAnswer:
    """What SES's answer means. After any other error it may have taken the mail or not."""
    if 200 <= status < 300:
        return Sent(str(body.get("MessageId") or ""))
    code = str(body.get("Code") or "")
    if code in PATIENCE or status == 429:
        return Later("busy", code)
    if status < 500:
        return Failed(REFUSALS.get(code, "refused"), code)
    return NoAnswer(f"status {status}")


def _written(entry: Entry, own: str, key: str, other_side: OtherSide) -> bytes:
    """Raises Rejected where an address or a subject holds what no header may, or a file is gone."""
    text = with_links(entry, question(CHANNEL, entry.text, entry.choices).text, other_side.public_url)
    files = [part for part in entry.content.parts if part.key and not part.link]
    if not text and not files:
        raise Rejected("empty")
    mail = EmailMessage(policy=UNBROKEN)
    try:
        for name, value in _headers(entry, own, key, other_side.public_url).items():
            mail[name] = value
        mail.set_content(text, charset="utf-8")
        if form := _form(entry, text, other_side.bodies):
            mail.add_alternative(form, subtype="html", charset="utf-8")
        for part in files:
            _attach(mail, part, other_side.bodies)
        return mail.as_bytes()
    except (ValueError, MessageError) as error:
        raise Rejected("bad_header") from error


def _form(entry: Entry, text: str, bodies: Mapping[str, bytes]) -> str:
    """Its HTML, with what the text says besides (links to files); "" where there is none, or it is gone: the
    text says the same.
    """
    html = bodies.get(entry.content.html_key, b"").decode() if entry.content.html_key else ""
    besides = text.removeprefix(entry.text).strip()
    return html + "".join(f"<p>{escape(line)}</p>" for line in besides.splitlines()) if html else ""


def _attach(mail: EmailMessage, part: Part, bodies: Mapping[str, bytes]) -> None:
    if part.key not in bodies:
        raise Rejected("file_gone")
    main, _, sub = (part.type or UNKNOWN).partition("/")
    mail.add_attachment(bodies[part.key], maintype=main, subtype=sub or "octet-stream", filename=part.name)


def _headers(entry: Entry, own: str, key: str, public_url: str) -> dict[str, str]:
    way = entry.way
    named = {"From": own, "To": way.reply_to, "Subject": entry.content.subject}
    if way.cc:
        named["Cc"] = ", ".join(way.cc[:MOST_COPIES])
    if names := way.thread.split(" ") if way.thread else []:
        named |= {"In-Reply-To": f"<{names[-1]}>", "References": " ".join(f"<{name}>" for name in names)}
    if key and entry.case_id:
        conversation = Conversation(entry.timeline, case_number(entry.case_id))
        named["Reply-To"] = reply_address(own, conversation, key)
    return named | dict(HEADERS[_by(entry)]) | dict(_unsubscribes(entry, key, public_url))


def _unsubscribes(entry: Entry, key: str, public_url: str) -> Mapping[str, str]:
    """A mail that a program began can be ended with one click."""
    if not (key and public_url) or _by(entry) is not By.NOTICE:
        return {}
    return unsubscribe.headers(public_url, unsubscribe.token(entry.timeline, entry.address, key))


def _by(entry: Entry) -> By:
    if entry.by_agent:
        return By.PERSON
    if entry.kind is Kind.SURVEY_ASKED:
        return By.NOTICE
    return By.ANSWER if entry.way.thread else By.NOTICE
