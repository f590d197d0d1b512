"""An agent comes, pauses, goes; a desk gives its sign of life, or stops giving it."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.assign import requeue
from shared.domain.change import ANY, Put, Ref
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.presence import set_presence
from shared.domain.staff import Agent, Engagement, Heartbeat, Presence
from shared.ports import Clock, Ids, Settings, Store
from shared.use_cases.answer_offer import AnswerOffer
from shared.use_cases.find_customer import head_of
from shared.use_cases.persist import persist

HEARTBEAT_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChangePresence:
    """Going offline gives all work back to the queue, with its original age."""

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids

    def __call__(self, agent_id: str, presence: Presence, reason: str = "") -> Agent:
        def once() -> None:
            change = set_presence(self.agent(agent_id), presence, self._now(), reason)
            if change:
                self.store.commit(*change)

        if presence is not Presence.OFFLINE:
            self.beat(agent_id)
        persist(once)
        if presence is Presence.OFFLINE:
            self._release(agent_id, reason or "offline")
        return self.agent(agent_id)

    def beat(self, agent_id: str) -> None:
        """The desk is alive. One plain write, never on the agent."""
        now, agent = self.clock(), self.agent(agent_id)
        self.store.commit(Put(Heartbeat(agent.pool, agent_id, now, now + HEARTBEAT_KEPT), over=ANY))

    def sweep(self, pool: str) -> list[str]:
        """Agents whose desk fell silent go offline and their work back. Returns their ids."""
        longest = timedelta(seconds=self.settings.centre().heartbeat_gone_seconds)
        silent = [h.agent_id for h in self.store.find(Heartbeat, pool) if self.clock() - h.seen_at > longest]
        rows = self.store.get_all(*(Ref(Agent, agent_id) for agent_id in silent)) if silent else ()
        gone = [agent.id for agent in rows if isinstance(agent, Agent) and _has_something(agent)]
        for agent_id in gone:
            self(agent_id, Presence.OFFLINE, "heartbeat_lost")
        return gone

    def agent(self, agent_id: str) -> Agent:
        agent = self.store.get(Ref(Agent, agent_id))
        if agent is None:
            raise Refused("no_agent", status=404)
        return agent

    def _release(self, agent_id: str, reason: str) -> None:
        for place in self.agent(agent_id).engagements:
            if place.offer_id:
                self._offers().withdraw(agent_id, place.offer_id)
            else:
                persist(lambda place=place: self._requeue(agent_id, place, reason))  # type: ignore[misc]

    def _requeue(self, agent_id: str, place: Engagement, reason: str) -> None:
        head = head_of(self.store, place.customer_id)
        self.store.commit(*requeue(head, self.agent(agent_id), place.case_id, reason, self._now()))

    def _offers(self) -> AnswerOffer:
        return AnswerOffer(self.store, self.settings, self.clock, self.ids)

    def _now(self) -> Now:
        return Now(self.clock(), self.ids, self.settings.centre())


def _has_something(agent: Agent) -> bool:
    return agent.presence is not Presence.OFFLINE or bool(agent.engagements)
