"""Where a call is, in an address that we give to the carrier: a signed token, so that the carrier's next
request says itself what it is about, and a repeat of it gets the same answer.

A token is `c1.<place>.<HMAC-SHA256 of it>`, of at most 2,000 characters. It is no secret from the carrier.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.customer.flow_place import FlowPlace, packed, unpacked
from shared.domain.signed import opened, signed, unproven
from shared.domain.times import from_iso, iso

ABOUT = "patchbay call v1"
HOLDS = timedelta(hours=4)  # the longest call of the carrier


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
        packed(place.flow) if place.flow else None,
        place.masked,
    ]
    return signed("c1", ABOUT, parts, key)


def verify(token: str, key: str) -> CallPlace | None:
    """The place in a token made with this key; None for anything else. Whether it is over, and whether it is
    this call's, is the caller's to ask: a state that comes late still counts.
    """
    parts = opened(token, "c1", ABOUT, key)
    return None if parts is None else _read(parts)


def told(token: str) -> CallPlace | None:
    """The place in a token that the door has verified before it stood in a queue; None for what is none."""
    try:
        parts = unproven(token, "c1")
        return None if parts is None else _read(parts)
    except (ValueError, TypeError, RecursionError):
        return None


def _read(parts: list[Any]) -> CallPlace:
    what, until, *more, flow, masked = parts
    place = CallPlace(what, from_iso(until), *more)
    return replace(place, flow=unpacked(flow) if flow else None, masked=masked)
