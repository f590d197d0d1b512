"""The minute's look at agents: no work stays with one who is gone, no offer rings for ever."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.change import Ref
from shared.domain.routing.staff import Agent, Heartbeat, Presence
from shared.ports import Moment, Store
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.wrap_up import WrapUp

MOST_AGENTS = 1000
AT_ONCE = 100
LEASE_OVER = timedelta(seconds=60)  # an offer this far past its end has lost its timer


@dataclass(frozen=True, slots=True)
class SweepPresence:
    """One query, a batch read for each 100 agents; what fails for one is raised when the others are done."""

    store: Store
    now: Moment

    def __call__(self, pool: str) -> None:
        beats = self.store.find(Heartbeat, pool, limit=MOST_AGENTS)
        with ExitStack() as each:
            for beat, agent in zip(beats, self._agents(beats), strict=True):
                if agent:
                    each.callback(self._look_after, agent, self.now().at - beat.seen_at)

    def _agents(self, beats: Sequence[Heartbeat]) -> Iterator[Agent | None]:
        for start in range(0, len(beats), AT_ONCE):
            refs = (Ref(Agent, beat.agent_id) for beat in beats[start : start + AT_ONCE])
            yield from self.store.get_all(*refs)

    def _look_after(self, agent: Agent, silent: timedelta) -> None:
        now, change = self.now(), ChangePresence(self.store, self.now)
        if agent.presence is Presence.OFFLINE:
            change.release(agent, "offline")
        elif silent > timedelta(seconds=now.centre.heartbeat_gone_seconds):
            change(agent.id, Presence.OFFLINE, "heartbeat_lost")
        else:
            over = now.at - timedelta(seconds=now.centre.offer_seconds) - LEASE_OVER
            for place in (e for e in agent.engagements if e.offer_id and e.since < over):
                AnswerOffer(self.store, self.now).expire(agent.id, place.offer_id)
            for place in (e for e in agent.engagements if e.wrapping):
                WrapUp(self.store, self.now).over(agent.id, place.case_id)
