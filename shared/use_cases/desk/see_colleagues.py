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
    told_names,
)
from shared.domain.errors import Refused
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


def must_be_queue(queue: str, colleague: Agent | None, agent: Agent, now: Now) -> None:
    """Where a case is to wait: in a queue of the centre. For a colleague it may stay in its own, which is "",
    else it goes to one of their pool: in another's nobody would ask them. Refused `no_queue` (422).
    """
    there_are = [one for one in queues_of(agent, now) if colleague is None or one.pool == colleague.pool]
    if colleague and not queue:
        return
    if queue not in {one.name for one in there_are}:
        raise Refused("no_queue", status=422, told=told_names((), there_are))
