"""The minute's look at agents: no work stays with one who is gone, no offer rings for ever, and whoever takes
work sits where the pool looks for them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.errors import Conflict
from shared.domain.routing.seating import reseated
from shared.domain.routing.seats import Bench, OfPool, Seat
from shared.domain.routing.staff import Agent, Heartbeat, Presence
from shared.ports import Moment, Store
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.end_orphaned_consult import EndOrphanedConsult
from shared.use_cases.routing.wrap_up import WrapUp

PAGE = 1000
PAGES = 100
AT_ONCE = 100
MOST_BENCHES = 2000
LEASE_OVER = timedelta(seconds=60)  # an offer this far past its end has lost its timer


@dataclass(frozen=True, slots=True)
class SweepPresence:
    """A query for each thousand agents, one for the benches, a batch read for each 100 agents; what fails for
    one is raised when the others are done.
    """

    store: Store
    now: Moment

    def __call__(self, pool: str) -> list[Agent]:
        """The agents of the pool as they were read."""
        found: list[Agent] = []
        with ExitStack() as each:
            for beats in self._pages(pool):
                seats = self._seats(pool)
                for beat, agent in zip(beats, self._agents(beats), strict=True):
                    if agent:
                        found.append(agent)
                        each.callback(self._look_after, agent, beat, seats)
        return found

    def _pages(self, pool: str) -> Iterator[Sequence[Heartbeat]]:
        after = ""
        for _ in range(PAGES):
            beats = self.store.find(Heartbeat, pool, after=after, limit=PAGE)
            yield beats
            if len(beats) < PAGE:
                return
            after = beats[-1].agent_id

    def _seats(self, pool: str) -> dict[str, Seat]:
        benches = (row for row in self.store.find(OfPool, pool, limit=MOST_BENCHES) if isinstance(row, Bench))
        return {seat.agent_id: seat for bench in benches for seat in bench.seats}

    def _agents(self, beats: Sequence[Heartbeat]) -> Iterator[Agent | None]:
        for start in range(0, len(beats), AT_ONCE):
            refs = (Ref(Agent, beat.agent_id) for beat in beats[start : start + AT_ONCE])
            yield from self.store.get_all(*refs)

    def _look_after(self, agent: Agent, beat: Heartbeat, seats: Mapping[str, Seat]) -> None:
        now, change = self.now(), ChangePresence(self.store, self.now)
        if agent.pool != beat.pool:
            self._follow(agent, beat)
        elif agent.presence is Presence.OFFLINE:
            change.release(agent, "offline")
        elif now.at - beat.seen_at > timedelta(seconds=now.centre.heartbeat_gone_seconds):
            change(agent.id, Presence.OFFLINE, "heartbeat_lost")
        else:
            self._take_back(agent)
            self._reseat(agent, seats.get(agent.id))

    def _take_back(self, agent: Agent) -> None:
        """Offers and after-contact work whose timer was lost, and advice that nobody asks for any more."""
        now = self.now()
        over = now.at - timedelta(seconds=now.centre.offer_seconds) - LEASE_OVER
        for place in (e for e in agent.engagements if e.offer_id and e.since < over):
            AnswerOffer(self.store, self.now).expire(agent.id, place.offer_id)
        for place in (e for e in agent.engagements if e.wrapping):
            WrapUp(self.store, self.now).over(agent.id, place.case_id)
        for place in (e for e in agent.engagements if e.consult and not e.offer_id):
            EndOrphanedConsult(self.store, self.now)(agent.id, place.interaction_id)

    def _reseat(self, agent: Agent, found: Seat | None) -> None:
        """Whoever has changed since they were read sits right by that change."""
        change = reseated(agent, found, self.now())
        if change:
            with suppress(Conflict):
                self.store.commit(*change)

    def _follow(self, agent: Agent, beat: Heartbeat) -> None:
        """The agent belongs to another pool now, whose sweep looks after them."""
        there = self.store.get(Ref(Heartbeat, agent.pool, agent.id))
        last = max((one for one in (beat, there) if one), key=lambda one: one.seen_at)
        self.store.commit(Delete(beat), Put(replace(last, pool=agent.pool), over=ANY))
