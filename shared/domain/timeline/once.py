"""A request that comes twice is done once: the key its maker gave it is remembered."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A client-made key that was used: the same request again gives the same entry."""

    actor: str
    key: str
    customer_id: str
    seq: int
    expires_at: datetime
