"""Sockets and the small things with an expiry around them; never part of the head."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A single-use right to open a socket: `digest` is its hash, `person` who it was given to."""

    digest: str
    person: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Connection:
    """Who speaks on a socket. `person` is agent:<id> or visitor:<id>."""

    connection_id: str
    person: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Live:
    """The same the other way round: the sockets of a person."""

    person: str
    connection_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A desk that wants to see a customer's entries as they come."""

    customer_id: str
    connection_id: str
    agent_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A client-made key that was used: the same request again gives the same entry."""

    actor: str
    key: str
    customer_id: str
    seq: int
    expires_at: datetime
