"""The keys of the figures; what is added to them is decided in facts and fold."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts and sums of one hour (0-23, the centre's zone), channel, queue and, where known, agent."""

    day: str
    hour: int
    channel: str
    queue: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """This fact is counted: written in the same transaction as the figures, kept 40 days."""

    customer_id: str
    seq: int
    name: str
    expires_at: datetime
