"""The ingress ledger: what came in at the doors and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    HANDLED = "handled"
    IGNORED = "ignored"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    DELIVERY_STATE = "delivery_state"
    NEVER_COUNTED = "never_counted"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One authentic provider event: its raw payload (masked) and its outcome, kept 40 days.
    A payload above 1 KB lies in the bucket at `payload_key`.

    `acceptance` is the door's id of the copy that was taken; another copy is a duplicate,
    the same copy again is a redelivery and counts nothing.
    """

    channel: str
    event_id: str
    acceptance: str
    accepted_at: datetime
    outcome: Outcome
    reason: str
    payload: str
    customer_id: str
    seq: int
    expires_at: datetime
    payload_key: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the day's ledger for whatever did not become an entry: ignored, rejected, duplicate.

    Rare, so a row each: countable, listable, and idempotent by `acceptance`. One that is *never counted* is
    no outcome: it says that an acceptance (by its short name) has one, and that no door counted it.
    """

    day: str
    channel: str
    outcome: Outcome
    acceptance: str
    event_id: str
    reason: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a day and channel: what is too many for a row each. Those of all shards belong together."""

    day: str
    channel: str
    handled: int = 0
    delivery_states: int = 0
    shard: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """How far acceptances were compared by name with what got its outcome."""

    until: datetime
