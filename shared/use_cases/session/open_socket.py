"""A socket opens with a ticket from a page of ours and then speaks for one person, until it closes."""

from collections.abc import Collection
from dataclasses import dataclass

from shared.domain.change import ANY, PRESENT, Delete, Put, Ref
from shared.domain.errors import Conflict, Untrusted
from shared.domain.session.socket import (
    SOCKET_LIFE,
    Connection,
    SignedOut,
    SocketOf,
    Ticket,
    ticket_digest,
)
from shared.ports import Clock, Store

STAFF = "agent"  # the kind whose people sign out


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page brings when it connects. Never log it: the ticket is a key."""

    connection_id: str
    origin: str
    ticket: str


@dataclass(frozen=True, slots=True)
class OpenSocket:
    """`kind` is agent or visitor: a visitor's ticket opens no desk. `origins` are compared as they stand."""

    store: Store
    clock: Clock
    kind: str
    origins: Collection[str]

    def __call__(self, opening: Opening) -> Connection:
        """Consume the ticket and remember who speaks, in one transaction. Raises Untrusted."""
        if opening.origin not in self.origins:
            raise Untrusted("foreign_origin")
        ticket = self._ticket(opening.ticket)
        connection = Connection(
            opening.connection_id, ticket.person, self.clock() + SOCKET_LIFE, ticket.language
        )
        live = SocketOf(connection.person, connection.connection_id, connection.expires_at)
        try:
            self.store.commit(Delete(ticket, over=PRESENT), Put(connection, ANY), Put(live, ANY))
        except Conflict as error:
            raise Untrusted("replayed_ticket") from error
        if self.kind == STAFF and self._void(ticket, connection.person_id):
            close_socket(self.store, connection.connection_id)
            raise Untrusted("signed_out")
        return connection

    def _void(self, ticket: Ticket, agent_id: str) -> bool:
        """Asked once the socket is written: either the sign-out finds the socket, or we find the sign-out."""
        left = self.store.get(Ref(SignedOut, agent_id))
        return left is not None and left.voids(ticket)

    def _ticket(self, text: str) -> Ticket:
        """The table forgets expired tickets only within days, so their time is checked here."""
        ticket = self.store.get(Ref(Ticket, ticket_digest(text))) if text else None
        if ticket is None:
            raise Untrusted("unknown_ticket")
        if self.clock() >= ticket.expires_at:
            raise Untrusted("expired_ticket")
        if not ticket.person.startswith(f"{self.kind}:"):
            raise Untrusted("ticket_of_another_kind")
        return ticket


def whose(store: Store, clock: Clock, connection_id: str) -> Connection | None:
    """Who speaks on a connection; None when it was never opened, or is over."""
    connection = store.get(Ref(Connection, connection_id))
    return connection if connection and clock() < connection.expires_at else None


def close_socket(store: Store, connection_id: str) -> Connection | None:
    """Forget a connection; the answer is whose it was. A second time is harmless."""
    connection = store.get(Ref(Connection, connection_id))
    if connection:
        live = Ref(SocketOf, connection.person, connection_id)
        store.commit(Delete(Ref(Connection, connection_id)), Delete(live))
    return connection
