"""Voice, what comes in. Put here the address of the provider's page about its webhooks.

Laid out as a plain provider: a shared secret in a header, one message as JSON. Write what it really does:
its proof, its payload, whether it delivers again what we refuse, whether its signature covers the time.
"""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored, Message, StateUpdate
from shared.domain.channel.commands import Raw
from shared.domain.channel.request import Cut, HttpReply, Piece, Request
from shared.domain.errors import Malformed, Rejected, Untrusted
from shared.domain.masking import mask
from shared.domain.text import clean
from shared.domain.timeline.content import Content, Part, PartState

PROOF = "secret"  # or signature, ticket, aws
HEADER = "x-voice-secret"
BODY_LIMIT = 256 * 1024


def prove(request: Request, secret: Mapping[str, str], public_url: str) -> None:
    """Raises Untrusted unless the request bears the secret. Compared in constant time."""
    given, known = request.headers.get(HEADER, ""), secret.get("token", "")
    if not known or not hmac.compare_digest(given.encode(), known.encode()):
        raise Untrusted("voice secret")


def cut(request: Request) -> Cut:
    """The proven request in pieces, masked; here only ids and senders are looked for. Raises Malformed."""
    told = _object(request.body)
    if told is None or not isinstance(told.get("id"), str):
        raise Malformed("not a message of voice")
    told["text"] = mask(str(told.get("text") or ""))
    return Cut(events=(Piece(told["id"], str(told.get("from") or ""), json.dumps(told)),))


def parse(raw: Raw) -> Arrival | Ignored:
    """What the customer did. Raises Rejected for what is authentic but hopeless."""
    told = _object(raw.payload.encode())
    if told is None or not isinstance(told.get("from"), str):
        raise Rejected("not_a_message")
    text, parts = clean(str(told.get("text") or "")), _parts(told)
    if not text and not parts:
        return Ignored("empty")
    way = Way(raw.channel, Address("voice", told["from"]), reply_to=told["from"])
    return Arrival(way, Message(Content(text, parts)))


def parse_state(raw: Raw) -> StateUpdate | Ignored:
    """What became of a message of ours."""
    return Ignored("no_states")


def answer(request: Request, cut: Cut) -> HttpReply:
    """What Voice wants to hear when all is well. If it asks with a GET first, write `greet` as well."""
    return HttpReply(200, "{}", "application/json")


def _parts(told: dict[str, Any]) -> tuple[Part, ...]:
    """A kind that we do not know is shown as what it is called: nobody waits for an answer in vain."""
    kind = str(told.get("type") or "text")
    return () if kind == "text" else (Part(kind, state=PartState.REFUSED, reason="unknown_kind"),)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
