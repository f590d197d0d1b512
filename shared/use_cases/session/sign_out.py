"""Somebody of the staff leaves: everywhere at once, and not when the last tab notices."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import ANY, Put, Ref
from shared.domain.routing.staff import Agent, Presence
from shared.domain.session.socket import SignedOut, SocketOf
from shared.ports import Moment, Sockets, Store
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.session.open_socket import close_socket

KEPT = timedelta(hours=1)  # far longer than a ticket lives


@dataclass(frozen=True, slots=True)
class SignOut:
    """Their unused tickets are void, their presence is offline and what rang or was theirs waits again, their
    sockets are closed. A second time is harmless. Raises TryAgain when all that could be done is done.
    """

    store: Store
    now: Moment
    sockets: Sockets

    def __call__(self, agent_id: str) -> None:
        at = self.now().at
        self.store.commit(Put(SignedOut(agent_id, at, at + KEPT), over=ANY))
        with ExitStack() as each:
            for live in self.store.find(SocketOf, f"agent:{agent_id}"):
                each.callback(self._close, live.connection_id)
            if self.store.get(Ref(Agent, agent_id)):
                ChangePresence(self.store, self.now)(agent_id, Presence.OFFLINE, "signed_out")

    def _close(self, connection_id: str) -> None:
        """Forgotten first: whatever becomes of the connection, nobody speaks on it any more."""
        close_socket(self.store, connection_id)
        self.sockets.close(connection_id)
