"""A colleague was asked for advice by somebody who has the case no more: their place is free again."""

from dataclasses import dataclass

from shared.domain.change import Change
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.routing.assign import staffed
from shared.domain.routing.consult import consulting, without_consult
from shared.domain.routing.staff import Agent, Engagement
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class EndOrphanedConsult:
    """For the minute's look. A consult that goes on is left as it is."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, interaction_id: str) -> None:
        def once() -> None:
            agent = agent_of(self.store, agent_id)
            places = (e for e in agent.engagements if e.consult and e.interaction_id == interaction_id)
            if change := [write for place in places for write in self._ended(agent, place)]:
                self.store.commit(*change)

        retry_on_conflict(once)

    def _ended(self, agent: Agent, place: Engagement) -> Change:
        head = self._head(place)
        if head and consulting(head, agent, place):
            return ()
        return staffed(agent, without_consult(agent, place), self.now())

    def _head(self, place: Engagement) -> Head | None:
        """None for a customer who was erased."""
        try:
            return head_of(self.store, place.customer_id)
        except Refused:
            return None
