"""Mail through SES: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html

SES puts its own Message-ID and Date in place of ours. So what finds an answer's conversation stands in
Reply-To and References, and what finds our message again in a tag.
"""

from collections.abc import Mapping
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from functions.channels.email.answering import HEADERS, By
from functions.channels.email.threads import reply_address
from shared.domain.channel.carriage import AwsCall, Failed, Later, NoAnswer, OtherSide, Sent
from shared.domain.channel.conversation import Conversation
from shared.domain.errors import Rejected
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Entry

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


def render(entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> AwsCall:
    """The mail that carries this entry, whole. To and From are fixed by its way: nobody adds a recipient.

    `secret` may hold `thread_key`; without one, answers find their conversation by References alone. Raises
    Rejected for what cannot be sent.
    """
    if not entry.text:
        raise Rejected("empty")
    if not entry.way.own_side:
        raise Rejected("configuration")
    mail = _written(entry, secret.get("thread_key", ""))
    if len(mail) > LARGEST:
        raise Rejected("too_long")
    return AwsCall(
        "sesv2",
        "send_email",
        {
            "FromEmailAddress": entry.way.own_side,
            "Destination": {"ToAddresses": [entry.way.reply_to]},
            "Content": {"Raw": {"Data": mail}},
            "EmailTags": [{"Name": TAG, "Value": f"{entry.timeline}-{entry.seq}"}],
        },
    )


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


def _written(entry: Entry, key: str) -> bytes:
    """Raises Rejected where an address or a subject holds what no header may."""
    mail = EmailMessage(policy=SMTP)
    try:
        for name, value in _headers(entry, key).items():
            mail[name] = value
        mail.set_content(entry.text)
        return mail.as_bytes()
    except (ValueError, MessageError) as error:
        raise Rejected("bad_header") from error


def _headers(entry: Entry, key: str) -> dict[str, str]:
    way = entry.way
    named = {"From": way.own_side, "To": way.reply_to, "Subject": entry.content.subject}
    if way.thread:
        named |= {"In-Reply-To": f"<{way.thread}>", "References": f"<{way.thread}>"}
    if key and entry.case_id:
        conversation = Conversation(entry.timeline, case_number(entry.case_id))
        named["Reply-To"] = reply_address(way.own_side, conversation, key)
    return named | dict(HEADERS[_by(entry)])


def _by(entry: Entry) -> By:
    if entry.by_agent:
        return By.PERSON
    return By.ANSWER if entry.way.thread else By.NOTICE
