"""A place in a flow as a signed token: where a door answers by itself, the state travels with the customer.

A token is `v1.<place>.<HMAC-SHA256 of it>`. It holds for the place's own time, and says nothing that the
customer did not say.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from shared.domain.customer.flow_place import Collected, FlowPlace
from shared.domain.times import from_iso, iso

LONGEST = 2000


def sign(place: FlowPlace, key: str) -> str:
    """Raises ValueError for an empty key: anybody could sign with that."""
    kept = [[one.step, one.value] for one in place.collected]
    told = [
        place.flow,
        place.version,
        place.step,
        iso(place.until),
        place.tries,
        place.turns,
        place.asked,
        kept,
        *_found_out(place),
    ]
    body = _encoded(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    return f"v1.{body}.{_proof(body, key)}"


def verify(token: str, key: str, at: datetime) -> FlowPlace | None:
    """The place in a token made with this key and not over; None for anything else."""
    version, _, rest = token.partition(".")
    body, _, proof = rest.partition(".")
    if version != "v1" or len(token) > LONGEST:
        return None
    if not hmac.compare_digest(_proof(body, key).encode(), proof.encode("utf-8", "surrogatepass")):
        return None
    place = _place(body)
    return place if at < place.until else None


def _place(body: str) -> FlowPlace:
    padded = body + "=" * (-len(body) % 4)
    flow, version, step, until, tries, turns, asked, kept, *found_out = json.loads(urlsafe_b64decode(padded))
    collected = tuple(Collected(*one) for one in kept)
    return FlowPlace(flow, version, step, from_iso(until), tries, turns, asked, collected, *found_out)


def _found_out(place: FlowPlace) -> tuple[str, ...]:
    """What most places do not have costs nothing."""
    if place.language:
        return place.intent, place.language
    return (place.intent,) if place.intent else ()


def _encoded(body: bytes) -> str:
    return urlsafe_b64encode(body).decode().rstrip("=")


def _proof(body: str, key: str) -> str:
    if not key:
        raise ValueError("a place in a flow takes a key to be signed")
    mac = hmac.new(key.encode(), f"patchbay flow v1 {body}".encode("utf-8", "surrogatepass"), sha256)
    return _encoded(mac.digest())
