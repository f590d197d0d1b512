"""An agent comes, pauses, goes; a desk gives its sign of life, or stops giving it."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import ANY, Change, Put
from shared.domain.errors import Refused
from shared.domain.routing.assign import give_back, requeue, staffed, without
from shared.domain.routing.consult import ended
from shared.domain.routing.presence import set_presence
from shared.domain.routing.staff import Agent, Engagement, Heartbeat, Presence
from shared.domain.routing.wrap_up import wrapped
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of
from shared.use_cases.routing.move_on import MoveOn

HEARTBEAT_KEPT = timedelta(days=7)  # as long as a timer's row: the sweep may have stood still


@dataclass(frozen=True, slots=True)
class ChangePresence:
    """Going offline gives all work back to the queue, with its original age, and what waited for this agent
    alone.
    """

    store: Store
    now: Moment

    def __call__(self, agent_id: str, presence: Presence, reason: str = "", aux: str = "") -> Agent:
        def once() -> None:
            change = set_presence(agent_of(self.store, agent_id), presence, self.now(), reason, aux)
            if change:
                self.store.commit(*change)

        if presence is not Presence.OFFLINE:
            self.beat(agent_id)
        retry_on_conflict(once)
        if presence is Presence.OFFLINE:
            gone = agent_of(self.store, agent_id)
            self.release(gone, reason or "offline")
            MoveOn(self.store, self.now).away_from(gone.pool, gone.id)
        return agent_of(self.store, agent_id)

    def beat(self, agent_id: str) -> None:
        """The desk is alive. One plain write, never on the agent."""
        now, agent = self.now().at, agent_of(self.store, agent_id)
        self.store.commit(Put(Heartbeat(agent.pool, agent_id, now, now + HEARTBEAT_KEPT), over=ANY))

    def release(self, gone: Agent, reason: str) -> None:
        """All their work into the queue."""
        for place in gone.engagements:
            retry_on_conflict(lambda id=place.interaction_id: self._let_go(gone.id, id, reason))  # type: ignore[misc]

    def _let_go(self, agent_id: str, interaction_id: str, reason: str) -> None:
        """Whatever the place has become meanwhile: an offer may just have been accepted, or ended."""
        agent = agent_of(self.store, agent_id)
        place = next((e for e in agent.engagements if e.interaction_id == interaction_id), None)
        if place:
            self.store.commit(*self._back(agent, place, reason))

    def _back(self, agent: Agent, place: Engagement, reason: str) -> Change:
        """The work into the queue. A place whose case is not there (a customer was erased) is just free."""
        now = self.now()
        if place.wrapping:
            return wrapped(agent, place, "offline", now)
        try:
            head = head_of(self.store, place.customer_id)
            if place.consult:
                return ended(head, agent, place, "withdrawn", "system", now)
            if place.offer_id:
                return give_back(head, agent, place.offer_id, "withdrawn", now)
            return requeue(head, agent, place, reason, now)
        except Refused:
            return staffed(agent, without(agent, place.interaction_id), now)
