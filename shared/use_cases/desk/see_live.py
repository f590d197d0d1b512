"""Now: who waits in each queue and how long, who is there and what they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.change import Ref
from shared.domain.desk.labels import Label, label
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Heartbeat, Presence, RoutingStatus, routing_status
from shared.domain.times import iso
from shared.ports import Clock, Settings, Store

MOST = 1000  # rows read of each kind: past that a screen of single names helps nobody
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class LiveQueue:
    """`oldest_seconds` is None while nobody waits."""

    queue: str
    waiting: int
    oldest_seconds: int | None
    label: Label


@dataclass(frozen=True, slots=True)
class LiveAgent:
    """`since` is when the presence began; `engagements` how many conversations and offers are held."""

    id: str
    name: str
    presence: Presence
    routing_status: RoutingStatus
    engagements: int
    since: str | None


@dataclass(frozen=True, slots=True)
class Live:
    queues: tuple[LiveQueue, ...]
    agents: tuple[LiveAgent, ...]


@dataclass(frozen=True, slots=True)
class SeeLive:
    """A query for each queue, one for each pool, and a batch read. Agents are those whose desk is open, or
    who are not offline.
    """

    store: Store
    settings: Settings
    clock: Clock

    def __call__(self) -> Live:
        return Live(self._queues(), self._agents())

    def _queues(self) -> tuple[LiveQueue, ...]:
        centre, now = self.settings.centre(), self.clock()
        queues = sorted(centre.queues, key=lambda queue: queue.name)
        rows = {queue.name: self.store.find(Waiting, queue.pool, queue.name, limit=MOST) for queue in queues}
        return tuple(_queue(queue.name, label(queue), rows[queue.name], now) for queue in queues)

    def _agents(self) -> tuple[LiveAgent, ...]:
        centre, now = self.settings.centre(), self.clock()
        gone = now - timedelta(seconds=centre.heartbeat_gone_seconds)
        beats = (beat for pool in centre.pools for beat in self.store.find(Heartbeat, pool, limit=MOST))
        seen = {beat.agent_id: beat.seen_at for beat in beats}
        ids = sorted(seen)
        pages = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
        found = [agent for page in pages for agent in self.store.get_all(*(Ref(Agent, id) for id in page))]
        there = [a for a in found if a and (a.presence is not Presence.OFFLINE or seen[a.id] >= gone)]
        return tuple(_agent(agent) for agent in sorted(there, key=lambda agent: (agent.name, agent.id)))


def _queue(name: str, called: Label, rows: Sequence[Waiting], now: datetime) -> LiveQueue:
    oldest = min((row.enqueued_at for row in rows), default=None)
    seconds = max(0, int((now - oldest).total_seconds())) if oldest else None
    return LiveQueue(name, len(rows), seconds, called)


def _agent(agent: Agent) -> LiveAgent:
    status, held = routing_status(agent), len(agent.engagements)
    since = iso(agent.presence_since) if agent.presence_since else None
    return LiveAgent(agent.id, agent.name, agent.presence, status, held, since)
