"""A single-use right to open a socket, for a person who proved by other means who they are."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.change import Put
from shared.domain.session.socket import TICKET_LIFE, Ticket, ticket_digest
from shared.ports import Clock, Store


def random_ticket() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """`person` is agent:<id> or visitor:<id>. The answer goes into the socket's address, for 30 seconds."""

    store: Store
    clock: Clock
    new_ticket: Callable[[], str] = random_ticket

    def __call__(self, person: str, language: str = "") -> str:
        ticket = self.new_ticket()
        expires = self.clock() + TICKET_LIFE
        self.store.commit(Put(Ticket(ticket_digest(ticket), person, expires, language)))
        return ticket
