"""Mail that SES received, and its word about ours: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html

Both come through one topic. The mail itself lies in the bucket; it is read, and masked, before anything of it
goes on. What goes on is a document of ours, so that the router needs no parser of mails.
"""

import json
from collections.abc import Mapping
from typing import Any

from functions.channels.email.arrived import arrived
from functions.channels.email.feedback import Feedback, feedback
from functions.channels.email.notice_fields import inner
from shared.domain.address.address import Address
from shared.domain.channel.arrival import Arrival, Ignored, ProviderId, Reference, StateUpdate, Suppressed
from shared.domain.channel.commands import Raw
from shared.domain.channel.request import Cut, Notice, Piece
from shared.domain.customer.suppression import COMPLAINED
from shared.domain.errors import Rejected
from shared.domain.ids import digest
from shared.domain.timeline.entry import Delivery

PROOF = "aws"
WRAPPING = "sns"
TAG = "entry"  # our own name for a mail, which SES gives back


def key(notice: Notice) -> str:
    """The object of a received mail; "" for a word about one of ours."""
    told = _object(notice.body)
    return str(inner(told, "receipt", "action").get("objectKey", ""))


def cut(notice: Notice) -> Cut:
    """A mail, or what became of ours. Raises Malformed."""
    told = _object(notice.body)
    if told.get("notificationType") == "Received":
        # whoever only parses payloads reads no mail
        from functions.channels.email.received import received

        return received(told, notice)
    word = feedback(notice.body)
    return Cut(states=(_heard(word, told),)) if word else Cut()


def parse(raw: Raw) -> Arrival | Ignored:
    """The mail as its sender meant it. Where it goes, the router decides; that a program sent it or that its
    sender is not who it says, too.
    """
    return arrived(raw.channel, _document(raw, RECEIVED))


def parse_state(raw: Raw) -> StateUpdate | Ignored:
    """What became of one of our mails, found by the tag we gave it, else by the id SES gave it. A complaint
    leaves its state: the mail had arrived.
    """
    told = _document(raw, HEARD)
    complaint = told.get("reason") == COMPLAINED
    if not told.get("state") and not complaint:
        return Ignored(str(told.get("reason") or "no_state"))
    named, _, seq = str(told.get("tag", "")).rpartition("-")
    ours = bool(named) and seq.isascii() and seq.isdecimal() and len(seq) < 12
    of = Reference(named, int(seq)) if ours else ProviderId(str(told["id"]))
    state = Delivery(told["state"]) if told["state"] else None
    stop = tuple(Suppressed(Address("email", one["address"]), one["reason"]) for one in told["suppressed"])
    return StateUpdate(of, state, str(told["id"]), str(told["reason"]), str(told["code"]), stop)


def _heard(word: Feedback, told: Mapping[str, Any]) -> Piece:
    tag = inner(told, "mail", "tags").get(TAG)
    document = {
        "id": word.provider_id,
        "tag": str(tag[0]) if isinstance(tag, list) and tag else "",
        "state": word.state.value if word.state else "",
        "reason": word.reason,
        "code": word.code,
        "suppressed": [{"address": one.address.value, "reason": one.reason} for one in word.suppressed],
    }
    payload = json.dumps(document, ensure_ascii=False)
    return Piece(f"{word.provider_id}:{digest(payload)}", word.provider_id, payload)


def _document(raw: Raw, holding: set[str]) -> dict[str, Any]:
    """Our own document, of one of the two kinds. Raises Rejected for anything else."""
    told = _object(raw.payload)
    if not told.keys() >= holding:
        raise Rejected("no_mail")
    return told


RECEIVED = {"sender", "own", "answers_to", "message_id", "subject", "text", "quoted", "body_key", "parts"}
HEARD = {"id", "state", "reason", "code", "suppressed"}


def _object(text: str) -> dict[str, Any]:
    """SES greets a new subscription in plain text: an empty object."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
