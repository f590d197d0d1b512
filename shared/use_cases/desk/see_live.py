"""Now: who waits in each queue and how long, who is there and what they do."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.desk.live_view import Live, live_agent, live_queue
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Presence
from shared.ports import Moment, Store
from shared.use_cases.routing.agents_there import agents_seen

MOST = 1000  # rows read of each queue: past that a screen of single names helps nobody


@dataclass(frozen=True, slots=True)
class SeeLive:
    """A query for each queue and each pool, and a batch read for each 100 agents. Agents are those whose desk
    is open, or who are not offline.
    """

    store: Store
    now: Moment

    def __call__(self) -> Live:
        now, agents = self.now(), self._agents()
        queues = sorted(now.centre.queues, key=lambda queue: queue.name)
        rows = {one.name: self.store.find(Waiting, one.pool, one.name, limit=MOST) for one in queues}
        return Live(
            tuple(live_queue(queue, rows[queue.name], agents, now) for queue in queues),
            tuple(live_agent(agent) for agent in agents),
        )

    def _agents(self) -> list[Agent]:
        now = self.now()
        gone = now.at - timedelta(seconds=now.centre.heartbeat_gone_seconds)
        seen = agents_seen(self.store, now.centre.pools)
        there = [a for a, at in seen if a.presence is not Presence.OFFLINE or at >= gone]
        return sorted(there, key=lambda agent: (agent.name, agent.id))
