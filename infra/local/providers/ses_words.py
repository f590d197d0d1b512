"""What SES says: of a mail that it received, and of one that it sent for us.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

PREFIX = "inbound/"
# The local part of a receiver → what SES tells of a mail to it; any other is delivered.
# https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
BOUNCES = {
    "bounce": ("Permanent", "General", "5.1.1"),
    "suppressionlist": ("Permanent", "OnAccountSuppressionList", "5.1.1"),
    "ooto": ("Transient", "General", "4.0.0"),
    "full": ("Transient", "MailboxFull", "4.2.2"),
}
COMPLAINT = "complaint"
DELIVERED, BOUNCED, COMPLAINED = "delivered", "bounced", "complained"


@dataclass(slots=True)
class Verdicts:
    """What SES found of the mails that come next."""

    dmarc: str = "PASS"
    spam: str = "PASS"
    virus: str = "PASS"


@dataclass(frozen=True, slots=True)
class Letter:
    """What SES leaves of a mail: an object of the bucket, and the words it publishes about it."""

    key: str
    raw: bytes
    notice: str


def letter(
    id: str, raw: bytes, source: str, recipients: Sequence[str], bucket: str, verdicts: Verdicts
) -> Letter:
    """A mail as SES keeps and tells it. `source` is "" for one that must not be answered."""
    key = f"{PREFIX}{id}"
    found = {"dmarc": verdicts.dmarc, "spam": verdicts.spam, "virus": verdicts.virus}
    receipt = {f"{name}Verdict": {"status": status} for name, status in found.items()}
    action = {"type": "S3", "bucketName": bucket, "objectKeyPrefix": PREFIX, "objectKey": key}
    told = {
        "notificationType": "Received",
        "mail": {"messageId": id, "source": source, "timestamp": now()},
        "receipt": {"recipients": list(recipients), "timestamp": now(), "action": action, **receipt},
    }
    return Letter(key, raw, json.dumps(told))


def words(message_id: str, to: str, tags: Mapping[str, list[str]]) -> list[str]:
    """What SES publishes of a mail that we sent to this address, in its order."""
    mail = {"messageId": message_id, "destination": [to], "tags": dict(tags), "timestamp": now()}
    delivered = {"eventType": "Delivery", "mail": mail, "delivery": {"recipients": [to]}}
    if (fate := fate_of(to)) == BOUNCED:
        bounce = _bounce(to, *BOUNCES[_simulated(to)])
        return [json.dumps({"eventType": "Bounce", "mail": mail, "bounce": bounce})]
    if fate == COMPLAINED:  # it had arrived
        complaint = {"complainedRecipients": [{"emailAddress": to}], "complaintFeedbackType": "abuse"}
        complained = {"eventType": "Complaint", "mail": mail, "complaint": complaint}
        return [json.dumps(delivered), json.dumps(complained)]
    return [json.dumps(delivered)]


def fate_of(to: str) -> str:
    """What becomes of a mail to this address."""
    simulated = _simulated(to)
    return COMPLAINED if simulated == COMPLAINT else BOUNCED if simulated in BOUNCES else DELIVERED


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _simulated(to: str) -> str:
    return to.partition("@")[0].partition("+")[0].lower()


def _bounce(to: str, kind: str, subtype: str, status: str) -> dict[str, Any]:
    recipients = [{"emailAddress": to, "action": "failed", "status": status}]
    return {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": recipients}
