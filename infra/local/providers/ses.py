"""A stand-in for SES: an SMTP server on loopback for any mail program, and SES's words about our mails.

What comes by SMTP becomes what SES makes of it: an object in the bucket, and the notice that names it. What
is sent out is answered as SES's mailbox simulator does, by the address it goes to. Never deployed.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 40 * 1024 * 1024
PREFIX = "inbound/"
# The local part of a receiver → what SES tells of a mail to it; any other is delivered.
# https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
BOUNCES = {
    "bounce": ("Permanent", "General", "5.1.1"),
    "suppressionlist": ("Permanent", "OnAccountSuppressionList", "5.1.1"),
    "ooto": ("Transient", "General", "4.0.0"),
    "full": ("Transient", "MailboxFull", "4.2.2"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What SES leaves of a mail: an object of the bucket, and the words it publishes about it."""

    key: str
    raw: bytes
    notice: str


@dataclass(slots=True)
class Manners:
    """How the other side behaves: the verdicts of the mails that come next."""

    dmarc: str = "PASS"
    spam: str = "PASS"
    virus: str = "PASS"


@dataclass(slots=True)
class StandInSes:
    """`deliver` puts a letter where SES puts it; what it raises is a refusal that the sender hears."""

    deliver: Callable[[Letter], Awaitable[None]]
    bucket: str = "mail"
    manners: Manners = field(default_factory=Manners)
    port: int = 0
    _count: int = 0
    _server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> None:
        """Serve on a free port of the loopback; `port` says which."""

        def connected() -> SMTP:
            return SMTP(self, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="localhost")

        self._server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """aiosmtpd's name for a mail that is complete. The sender hears of one that was not kept."""
        raw = envelope.original_content or b""
        try:
            await self.deliver(self.letter(raw, envelope.mail_from or "", envelope.rcpt_tos))
        except Exception:  # whatever it is, a mail that was not kept must not be called taken
            return "451 It could not be kept, please try again"
        return "250 OK"

    def letter(self, raw: bytes, source: str, recipients: list[str]) -> Letter:
        """A mail as SES keeps and tells it."""
        self._count += 1
        id = f"local{self._count:06d}"
        key = f"{PREFIX}{id}"
        verdicts = {"dmarc": self.manners.dmarc, "spam": self.manners.spam, "virus": self.manners.virus}
        receipt = {f"{name}Verdict": {"status": status} for name, status in verdicts.items()}
        action = {"type": "S3", "bucketName": self.bucket, "objectKey": key}
        told = {
            "notificationType": "Received",
            "mail": {"messageId": id, "source": source, "timestamp": _now()},
            "receipt": {"recipients": recipients, "timestamp": _now(), "action": action, **receipt},
        }
        return Letter(key, raw, json.dumps(told))


def words(message_id: str, to: str, tags: Mapping[str, list[str]]) -> str:
    """What SES publishes of a mail that we sent to this address."""
    mail = {"messageId": message_id, "destination": [to], "tags": dict(tags), "timestamp": _now()}
    simulated = to.partition("@")[0].partition("+")[0].lower()
    if simulated == "complaint":
        complaint = {"complainedRecipients": [{"emailAddress": to}], "complaintFeedbackType": "abuse"}
        return json.dumps({"eventType": "Complaint", "mail": mail, "complaint": complaint})
    if simulated in BOUNCES:
        return json.dumps({"eventType": "Bounce", "mail": mail, "bounce": _bounce(to, *BOUNCES[simulated])})
    return json.dumps({"eventType": "Delivery", "mail": mail, "delivery": {"recipients": [to]}})


def _bounce(to: str, kind: str, subtype: str, status: str) -> dict[str, Any]:
    recipients = [{"emailAddress": to, "action": "failed", "status": status}]
    return {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": recipients}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
