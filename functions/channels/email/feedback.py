"""What SES tells of our mails: https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html

Its two forms (`notificationType` of an identity, `eventType` of a configuration set) differ in that name.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from functions.channels.email.headers import ADDRESS
from shared.domain.address.address import Address
from shared.domain.channel.arrival import Suppressed
from shared.domain.customer.suppression import COMPLAINED, NO_SUCH_ADDRESS, ON_SUPPRESSION_LIST
from shared.domain.errors import Malformed
from shared.domain.timeline.entry import Delivery

MOST_RECIPIENTS = 50
# What SES calls a bounce off its own list. Other bounces (out of office, mailbox full) stop nothing.
LISTED = frozenset({"suppressed", "onaccountsuppressionlist"})


@dataclass(frozen=True, slots=True)
class Feedback:
    """`provider_id` is the id that SendEmail answered with. `state` is None for what changes nothing of the
    message: a delay, an automatic answer, a complaint (it had arrived).
    """

    provider_id: str
    state: Delivery | None
    reason: str = ""
    code: str = ""
    suppressed: tuple[Suppressed, ...] = ()


def feedback(message: str) -> Feedback | None:
    """None for what says nothing of a mail of ours: a kind that changes nothing, and the plain text by which
    SES greets a new subscription. Raises Malformed for a known kind that is not as it should be.
    """
    try:
        told = json.loads(message)
    except ValueError:
        return None
    kind = str(told.get("eventType") or told.get("notificationType")) if isinstance(told, dict) else ""
    if kind not in MEANINGS:
        return None
    try:
        return MEANINGS[kind](str(told["mail"]["messageId"]), told)
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed("not the form that SES describes") from error


def _delivered(id: str, told: Mapping[str, Any]) -> Feedback:
    return Feedback(id, Delivery.DELIVERED)


def _delayed(id: str, told: Mapping[str, Any]) -> Feedback:
    return Feedback(id, None, "delayed", str(told.get("deliveryDelay", {}).get("delayType", ""))[:40])


def _refused(id: str, told: Mapping[str, Any]) -> Feedback:
    return Feedback(id, Delivery.FAILED, "rejected", str(told.get("reject", {}).get("reason", ""))[:40])


def _bounced(id: str, told: Mapping[str, Any]) -> Feedback:
    bounce = told["bounce"]
    kind, subtype = str(bounce.get("bounceType", "")).lower(), str(bounce.get("bounceSubType", "")).lower()
    recipients = [*_addresses(bounce.get("bouncedRecipients", []))]
    code = next((str(one.get("status", "")) for one in bounce.get("bouncedRecipients", [])), "")[:16]
    if kind == "permanent":
        reason = ON_SUPPRESSION_LIST if subtype in LISTED else NO_SUCH_ADDRESS
        gone = tuple(Suppressed(Address("email", address), reason) for address in recipients)
        return Feedback(id, Delivery.FAILED, reason, code, gone)
    if kind == "transient" and subtype == "general":  # also what an out-of-office notice looks like
        return Feedback(id, None, "answered_automatically", code)
    return Feedback(id, Delivery.FAILED, subtype or "bounced", code)


def _complained(id: str, told: Mapping[str, Any]) -> Feedback:
    """`not-spam` is the opposite: somebody took us out of their spam folder. SES names all recipients of the
    domain that complained, so where there are several, none of them is stopped.
    """
    complaint = told["complaint"]
    recipients = [*_addresses(complaint.get("complainedRecipients", []))]
    word = str(complaint.get("complaintFeedbackType") or "")[:40]
    certain = len(recipients) == 1 and word != "not-spam"
    gone = tuple(Suppressed(Address("email", one), COMPLAINED) for one in recipients if certain)
    return Feedback(id, None, "not_spam" if word == "not-spam" else COMPLAINED, word, gone)


def _addresses(recipients: Any) -> Iterator[str]:
    """Each once, in small letters. One item may hold several with commas between."""
    told = [str(one.get("emailAddress", ""))[:2000] for one in recipients[:MOST_RECIPIENTS]]
    yield from dict.fromkeys(found[0].lower() for one in told for found in ADDRESS.finditer(one))


MEANINGS = {
    "Delivery": _delivered,
    "DeliveryDelay": _delayed,
    "Bounce": _bounced,
    "Complaint": _complained,
    "Reject": _refused,
    "Rendering Failure": _refused,
}
