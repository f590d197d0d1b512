"""Somebody writes: the other side sees it for a few seconds. Nothing of it is kept."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.case.reply import answerable
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.errors import Refused, TryAgain
from shared.domain.session.socket import SocketOf, Watch
from shared.domain.traits import Channels
from shared.ports import Sockets, Store
from shared.use_cases.customer.find_customer import head_of

TYPING_EACH = timedelta(seconds=3)  # one word in this time is enough: who hears it forgets it after six


@dataclass(frozen=True, slots=True)
class TellTyping:
    """`sockets` are those of the other side, made when somebody listens there."""

    store: Store
    sockets: Callable[[], Sockets]

    def of_customer(self, address: Address) -> None:
        """To every desk that watches the customer: one read and one query."""
        if owner := self.store.get(Ref(AddressOwner, address)):
            watching = self.store.find(Watch, owner.customer_id)
            self._post((one.connection_id for one in watching), {"customer_id": owner.customer_id})

    def of_agent(self, agent_id: str, customer_id: str, case_id: str, channels: Channels) -> None:
        """To the customer, where they are in an exchange of this case that shows it; only of who may answer
        there.
        """
        with suppress(Refused):
            case = answerable(head_of(self.store, customer_id), case_id, agent_id)
            here = {str(one.address) for one in case.interactions if channels.of(one.channel).typing}
            for person in sorted(here):
                self._post((one.connection_id for one in self.store.find(SocketOf, person)), {})

    def _post(self, connections: Iterable[str], told: dict[str, str]) -> None:
        for connection in connections:
            with suppress(TryAgain):
                self.sockets().post(connection, {"type": "typing", **told})
