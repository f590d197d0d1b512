"""An agent comes, pauses, goes; a desk gives its sign of life, or stops giving it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import ANY, Change, Put, Ref
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import give_back, requeue, staffed, without
from shared.domain.routing.presence import set_presence
from shared.domain.routing.staff import Agent, Engagement, Heartbeat, Presence
from shared.ports import Clock, Ids, Settings, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.find_agent import agent_of

HEARTBEAT_KEPT = timedelta(days=7)  # as long as a timer's row: the sweep may have stood still
MOST_AGENTS = 1000
AT_ONCE = 100
LEASE_OVER = timedelta(seconds=60)  # an offer this far past its end has lost its timer


@dataclass(frozen=True, slots=True)
class ChangePresence:
    """Going offline gives all work back to the queue, with its original age."""

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids

    def __call__(self, agent_id: str, presence: Presence, reason: str = "") -> Agent:
        def once() -> None:
            change = set_presence(agent_of(self.store, agent_id), presence, self._now(), reason)
            if change:
                self.store.commit(*change)

        if presence is not Presence.OFFLINE:
            self.beat(agent_id)
        retry_on_conflict(once)
        if presence is Presence.OFFLINE:
            self._release(agent_of(self.store, agent_id), reason or "offline")
        return agent_of(self.store, agent_id)

    def beat(self, agent_id: str) -> None:
        """The desk is alive. One plain write, never on the agent."""
        now, agent = self.clock(), agent_of(self.store, agent_id)
        self.store.commit(Put(Heartbeat(agent.pool, agent_id, now, now + HEARTBEAT_KEPT), over=ANY))

    def sweep(self, pool: str) -> None:
        """No work stays with an agent who is gone, no offer rings for ever. One query, a batch read for
        each 100 agents; what fails for one is raised when the others are done.
        """
        beats = self.store.find(Heartbeat, pool, limit=MOST_AGENTS)
        with ExitStack() as each:
            for beat, agent in zip(beats, self._agents(beats), strict=True):
                if agent:
                    each.callback(self._look_after, agent, self.clock() - beat.seen_at)

    def _agents(self, beats: Sequence[Heartbeat]) -> Iterator[Agent | None]:
        for start in range(0, len(beats), AT_ONCE):
            refs = (Ref(Agent, beat.agent_id) for beat in beats[start : start + AT_ONCE])
            yield from self.store.get_all(*refs)

    def _look_after(self, agent: Agent, silent: timedelta) -> None:
        centre = self.settings.centre()
        if agent.presence is Presence.OFFLINE:
            self._release(agent, "offline")
        elif silent > timedelta(seconds=centre.heartbeat_gone_seconds):
            self(agent.id, Presence.OFFLINE, "heartbeat_lost")
        else:
            over = self.clock() - timedelta(seconds=centre.offer_seconds) - LEASE_OVER
            for place in (e for e in agent.engagements if e.offer_id and e.since < over):
                self._offers().expire(agent.id, place.offer_id)

    def _release(self, gone: Agent, reason: str) -> None:
        for place in gone.engagements:
            retry_on_conflict(lambda case_id=place.case_id: self._let_go(gone.id, case_id, reason))  # type: ignore[misc]

    def _let_go(self, agent_id: str, case_id: str, reason: str) -> None:
        """Whatever the place has become meanwhile: an offer may just have been accepted, or ended."""
        agent = agent_of(self.store, agent_id)
        place = next((e for e in agent.engagements if e.case_id == case_id), None)
        if place:
            self.store.commit(*self._back(agent, place, reason))

    def _back(self, agent: Agent, place: Engagement, reason: str) -> Change:
        """The work into the queue. A place whose case is not there (a customer was erased) is just free."""
        now = self._now()
        try:
            head = head_of(self.store, place.customer_id)
            if place.offer_id:
                return give_back(head, agent, place.offer_id, "withdrawn", now)
            return requeue(head, agent, place.case_id, reason, now)
        except Refused:
            return staffed(agent, without(agent, place.case_id), now)

    def _offers(self) -> AnswerOffer:
        return AnswerOffer(self.store, self.settings, self.clock, self.ids)

    def _now(self) -> Now:
        return Now(self.clock(), self.ids, self.settings.centre())
