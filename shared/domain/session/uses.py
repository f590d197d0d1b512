"""How often a subject did something in a minute or a day: what rate limits count."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a subject (a hash, never an address) did something in a minute; `minute` is ISO text, and
    a day for what is counted by the day.
    """

    subject: str
    minute: str
    times: int = 0
    expires_at: datetime | None = None
