"""Staff may look at any customer; a look at one who is not theirs is written down."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import Put, Ref
from shared.domain.customer.head import Head
from shared.domain.routing.audit import audited
from shared.domain.routing.staff import Agent
from shared.domain.timeline.once import RequestKey
from shared.domain.times import local_day
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class NoteLook:
    """One line of the agent's own timeline for each customer and day, however often the desk asks.

    Their own work says so itself. Who is no agent has no timeline: the log tells of them.
    """

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str) -> bool:
        """False where no timeline tells of the look, so that the log has to. Raises Refused `no_customer`."""
        head = head_of(self.store, customer_id)
        if _theirs(head, agent_id):
            return True
        return retry_on_conflict(lambda: self._note(agent_id, head.customer_id))

    def _note(self, agent_id: str, customer_id: str) -> bool:
        now = self.now()
        key = f"{customer_id} {local_day(now.at, now.centre.zone)}"
        mark = RequestKey(f"look:{agent_id}", key, customer_id, 0, now.at + timedelta(days=2))
        noted, agent = self.store.get_all(Ref(RequestKey, mark.actor, key), Ref(Agent, agent_id))
        if agent and not noted:
            line = audited(agent, "looked_at", f"agent:{agent_id}", now, customer=customer_id)
            self.store.commit(Put(mark), *line)
        return bool(agent)


def _theirs(head: Head, agent_id: str) -> bool:
    last = head.closed.owner if head.closed else ""
    asked = (contact.agent for case in head.cases for contact in case.contacts)
    return agent_id in {last, *asked, *(case.owner for case in head.cases)}
