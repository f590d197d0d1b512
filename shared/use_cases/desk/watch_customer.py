"""A desk wants to see what happens with a customer, as it happens."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import ANY, Delete, Put
from shared.domain.session.socket import Watch
from shared.ports import Clock, Store
from shared.use_cases.customer.find_customer import head_of

WATCHED = timedelta(hours=2, minutes=30)  # longer than a connection lives


@dataclass(frozen=True, slots=True)
class WatchCustomer:
    """One row for the root and one for each member: an entry is found by whomever it lies under.

    Who joins later is watched from the next watch on, which the desk asks for when the merge shows.
    Raises Refused `no_customer`.
    """

    store: Store
    clock: Clock

    def __call__(self, customer_id: str, connection_id: str, agent_id: str) -> None:
        until = self.clock() + WATCHED
        self.store.commit(
            *(Put(Watch(m, connection_id, agent_id, until), over=ANY) for m in self._members(customer_id))
        )

    def stop(self, customer_id: str, connection_id: str, agent_id: str) -> None:
        until = self.clock()
        self.store.commit(
            *(Delete(Watch(m, connection_id, agent_id, until)) for m in self._members(customer_id))
        )

    def _members(self, customer_id: str) -> tuple[str, ...]:
        head = head_of(self.store, customer_id)
        return (head.customer_id, *head.members)
