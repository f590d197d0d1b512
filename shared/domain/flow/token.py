"""A place in a flow as a signed token: where a door answers by itself, the state travels with the customer.

A token is `v1.<place>.<HMAC-SHA256 of it>`. It holds for the place's own time, and says nothing that the
customer did not say.
"""

from datetime import datetime

from shared.domain.customer.flow_place import FlowPlace, packed, unpacked
from shared.domain.signed import opened, signed

ABOUT = "patchbay flow v1"


def sign(place: FlowPlace, key: str) -> str:
    """Raises ValueError for an empty key: anybody could sign with that."""
    return signed("v1", ABOUT, packed(place), key)


def verify(token: str, key: str, at: datetime) -> FlowPlace | None:
    """The place in a token made with this key and not over; None for anything else."""
    parts = opened(token, "v1", ABOUT, key)
    place = unpacked(parts) if parts else None
    return place if place and at < place.until else None
