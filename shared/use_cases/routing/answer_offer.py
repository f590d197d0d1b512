"""What an agent does with an offer, and what happens when they do nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.domain.change import Change
from shared.domain.customer.head import Head
from shared.domain.errors import Conflict, Refused
from shared.domain.routing.assign import accept, give_back
from shared.domain.routing.consult import ended, joined
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
            place = self._place(agent, offer_id)
            take = joined if place.consult else accept
            self._commit(agent, place, lambda head: take(head, agent, offer_id, self.now()))
            return replace(place, offer_id="", accepted=offer_id)

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
            place = self._place(agent, offer_id)
            self._commit(agent, place, lambda head: self._given_back(head, agent, place, how))

        retry_on_conflict(once)

    def _given_back(self, head: Head, agent: Agent, place: Engagement, how: str) -> Change:
        if not place.consult:
            return give_back(head, agent, place.offer_id, how, self.now())
        actor = f"agent:{agent.id}" if how == "declined" else "system"
        return ended(head, agent, place, how, actor, self.now())

    def _commit(self, agent: Agent, place: Engagement, decide: Callable[[Head], Change]) -> None:
        """What the head has no more though the agent had it may have been answered between our two reads."""
        try:
            change = decide(head_of(self.store, place.customer_id))
        except Refused as gone:
            if agent_of(self.store, agent.id).version != agent.version:
                raise Conflict from gone
            raise
        self.store.commit(*change)

    def _place(self, agent: Agent, offer_id: str) -> Engagement:
        place = next((e for e in agent.engagements if e.offer_id == offer_id), None)
        if place is None:
            raise Refused("offer_gone", status=409)
        return place
