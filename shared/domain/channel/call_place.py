"""Where a call is, in an address that we give to the carrier: a signed token, so that the carrier's next
request says itself what it is about, and a repeat of it gets the same answer.

A token is `c1.<place>.<HMAC-SHA256 of it>`, of at most 2,000 characters. It is no secret from the carrier.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from shared.domain.customer.flow_place import Collected, FlowPlace
from shared.domain.times import from_iso, iso

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class CallPlace:
    """`what` is a stable word: step, wait, left, callback, voicemail, after, score (answered with TwiML),
    leg, recording, text (told only). It holds for the carrier's call `sid` alone ("" where it was not known
    yet), until `until`. `address` is the customer's number as the carrier writes it. `member`, `case_id`,
    `interaction_id` and `leg` are known from the moment a person or a program has the call; `flow` while a
    menu talks; `language` is what the caller hears. `masked`: what they press at this place is never kept.
    """

    what: str
    until: datetime
    sid: str = ""
    address: str = ""
    member: str = ""
    case_id: str = ""
    interaction_id: str = ""
    leg: str = ""
    language: str = ""
    queue: str = ""
    seq: int = 0
    flow: FlowPlace | None = None
    masked: bool = False


def sign(place: CallPlace, key: str) -> str:
    """Raises ValueError for an empty key: anybody could sign with that."""
    parts = [
        place.what,
        iso(place.until),
        place.sid,
        place.address,
        place.member,
        place.case_id,
        place.interaction_id,
        place.leg,
        place.language,
        place.queue,
        place.seq,
        _flow(place.flow),
        place.masked,
    ]
    body = _encoded(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())
    return f"c1.{body}.{_proof(body, key)}"


def verify(token: str, key: str) -> CallPlace | None:
    """The place in a token made with this key; None for anything else. Whether it is over, and whether it is
    this call's, is the caller's to ask: a state that comes late still counts.
    """
    version, _, rest = token.partition(".")
    body, _, proof = rest.partition(".")
    if version != "c1" or len(token) > LONGEST:
        return None
    if not hmac.compare_digest(_proof(body, key).encode(), proof.encode("utf-8", "surrogatepass")):
        return None
    return _read(body)


def told(token: str) -> CallPlace | None:
    """The place in a token that the door has verified before it stood in a queue; None for what is none."""
    version, _, rest = token.partition(".")
    try:
        return _read(rest.partition(".")[0]) if version == "c1" else None
    except (ValueError, TypeError, RecursionError):
        return None


def _read(body: str) -> CallPlace:
    what, until, *more, flow, masked = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return replace(CallPlace(what, from_iso(until), *more), flow=_place(flow), masked=masked)


def _flow(place: FlowPlace | None) -> list[object] | None:
    if place is None:
        return None
    kept = [[one.step, one.value] for one in place.collected]
    told: list[object] = [place.flow, place.version, place.step, iso(place.until)]
    return [*told, place.tries, place.turns, place.asked, kept, place.intent, place.language]


def _place(told: list[object] | None) -> FlowPlace | None:
    if told is None:
        return None
    flow, version, step, until, tries, turns, asked, kept, *found_out = told
    collected = tuple(Collected(*one) for one in kept)  # type: ignore[attr-defined]
    return FlowPlace(flow, version, step, from_iso(until), tries, turns, asked, collected, *found_out)  # type: ignore[arg-type]


def _encoded(body: bytes) -> str:
    return urlsafe_b64encode(body).decode().rstrip("=")


def _proof(body: str, key: str) -> str:
    if not key:
        raise ValueError("a place in a call takes a key to be signed")
    mac = hmac.new(key.encode(), f"patchbay call v1 {body}".encode("utf-8", "surrogatepass"), sha256)
    return _encoded(mac.digest())
