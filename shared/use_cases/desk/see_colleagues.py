"""To whom an agent can hand a case on, or whom they can ask."""

from dataclasses import dataclass

from shared.domain.customer.head import Contact
from shared.domain.desk.colleague_view import (
    Colleagues,
    ColleagueView,
    colleague_view,
    in_order,
    queue_view,
    there,
)
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.agents_there import agents_seen

SHOWN = 200
MENTIONED = 1000


@dataclass(frozen=True, slots=True)
class SeeColleagues:
    """Those of the agent's own pool who are not offline, without themselves."""

    store: Store
    now: Moment

    def __call__(self, agent: Agent, customer_id: str, case_id: str) -> Colleagues:
        now, contact = self.now(), self._contact(agent, customer_id, case_id)
        views = self.views(agent, contact, now)
        return Colleagues(views[:SHOWN], tuple(queue_view(queue) for queue in queues_of(agent, now)))

    def everybody(self, agent: Agent) -> Colleagues:
        """Colleagues of every pool whose desks were open in the last week, there or not, by their names."""
        now = self.now()
        seen = [one for one, _ in agents_seen(self.store, now.centre.pools) if one.id != agent.id]
        views = sorted((colleague_view(one, None, now) for one in seen), key=lambda one: (one.name, one.id))
        return Colleagues(tuple(views[:MENTIONED]), ())

    def views(self, agent: Agent, contact: Contact | None, now: Now) -> tuple[ColleagueView, ...]:
        seen = [one for one, _ in agents_seen(self.store, (agent.pool,)) if one.id != agent.id]
        return in_order(colleague_view(one, contact, now) for one in seen if there(one, now))

    def _contact(self, agent: Agent, customer_id: str, case_id: str) -> Contact | None:
        """What would go: the agent's own contact of the case."""
        case = case_of(head_of(self.store, customer_id), case_id)
        return next((c for c in case.contacts if c.agent == agent.id), case.contact) if case else None


def queues_of(agent: Agent, now: Now) -> list[Queue]:
    """Every queue, those of the agent's own pool first."""
    return sorted(now.centre.queues, key=lambda queue: queue.pool != agent.pool)
