"""Sockets and the small things with an expiry around them; never part of the head."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.ids import digest

TICKET_LIFE = timedelta(seconds=30)
SOCKET_LIFE = timedelta(hours=2, minutes=10)  # API Gateway ends a connection after two hours


@dataclass(frozen=True, slots=True)
class Ticket:
    """A single-use right to open a socket: `digest` is its hash, `person` who it was given to.

    `language` is the browser's ("" when unknown).
    """

    digest: str
    person: str
    expires_at: datetime
    language: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """Who speaks on a socket. `person` is agent:<id> or visitor:<id>."""

    connection_id: str
    person: str
    expires_at: datetime
    language: str = ""

    @property
    def person_id(self) -> str:
        """The agent's or visitor's id."""
        return self.person.partition(":")[2]


@dataclass(frozen=True, slots=True)
class SocketOf:
    """The same the other way round: the sockets of a person."""

    person: str
    connection_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedOut:
    """When somebody of the staff left last: no ticket from before opens a socket."""

    agent_id: str
    at: datetime
    expires_at: datetime

    def voids(self, ticket: Ticket) -> bool:
        return ticket.expires_at - TICKET_LIFE <= self.at


@dataclass(frozen=True, slots=True)
class Watch:
    """A desk that wants to see a customer's entries as they come."""

    customer_id: str
    connection_id: str
    agent_id: str
    expires_at: datetime


def ticket_digest(ticket: str) -> str:
    """What of a ticket is kept: who reads the table cannot open a socket with it."""
    return digest("ticket", ticket)
