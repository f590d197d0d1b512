"""What an agent does with an offer, and what happens when they do nothing."""

from dataclasses import dataclass

from shared.domain.change import Change
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.routing.assign import accept, give_back
from shared.domain.routing.staff import Agent, Engagement
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """Accept, decline, or let it end. Refused `offer_gone` (409) once the lease is over."""

    store: Store
    now: Moment

    def accept(self, agent_id: str, offer_id: str) -> Engagement:
        """The place the agent now has: whose case it is. Accepting again gives the same."""

        def once() -> Engagement:
            agent = agent_of(self.store, agent_id)
            taken = next((e for e in agent.engagements if e.accepted == offer_id), None)
            if taken:
                return taken
            head, place = self._read(agent, offer_id)
            self.store.commit(*accept(head, agent, offer_id, self.now()))
            return place

        return retry_on_conflict(once)

    def decline(self, agent_id: str, offer_id: str) -> None:
        self._end(agent_id, offer_id, "declined")

    def expire(self, agent_id: str, offer_id: str) -> None:
        """The lease is over; if it was answered in time there is nothing to do."""
        try:
            self._end(agent_id, offer_id, "expired")
        except Refused as gone:
            if gone.code != "offer_gone":
                raise

    def _end(self, agent_id: str, offer_id: str, how: str) -> None:
        def once() -> None:
            agent = agent_of(self.store, agent_id)
            head, _ = self._read(agent, offer_id)
            change: Change = give_back(head, agent, offer_id, how, self.now())
            self.store.commit(*change)

        retry_on_conflict(once)

    def _read(self, agent: Agent, offer_id: str) -> tuple[Head, Engagement]:
        place = next((e for e in agent.engagements if e.offer_id == offer_id), None)
        if place is None:
            raise Refused("offer_gone", status=409)
        return head_of(self.store, place.customer_id), place
