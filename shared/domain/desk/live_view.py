"""What supervisors see of this moment: queues and agents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.desk.colleague_view import has_room
from shared.domain.desk.labels import Label, labels
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.queue_state import Opening, QueueState, state_of
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Presence, RoutingStatus, routing_status, used
from shared.domain.times import iso
from shared.domain.traits import FULL


@dataclass(frozen=True, slots=True)
class LiveQueue:
    """`oldest_seconds` is None while nobody waits. `serving` agents of it are there, `free` of these have
    room. `opening` is open, draining or closed, by whom and why where it is not open; `into` gets what a
    drained one would have got; `until` ends a closing by itself.
    """

    queue: str
    waiting: int
    oldest_seconds: int | None
    label: Label
    serving: int = 0
    free: int = 0
    opening: str = Opening.OPEN
    by: str = ""
    why: str = ""
    into: str = ""
    until: str | None = None
    goal_seconds: int = 0


@dataclass(frozen=True, slots=True)
class LiveAgent:
    """`since` is when the presence began, `reason` the code of the centre's own reason for it; `engagements`
    how many conversations and offers are held, `holds` their channels, `used` of `full` places taken.
    """

    id: str
    name: str
    presence: Presence
    routing_status: RoutingStatus
    engagements: int
    since: str | None
    reason: str = ""
    draining: bool = False
    holds: tuple[str, ...] = ()
    used: int = 0
    full: int = FULL
    wrapping: int = 0


@dataclass(frozen=True, slots=True)
class Live:
    queues: tuple[LiveQueue, ...]
    agents: tuple[LiveAgent, ...]


def live_queue(queue: Queue, rows: Sequence[Waiting], agents: Iterable[Agent], now: Now) -> LiveQueue:
    serving = [agent for agent in agents if _serves(agent, queue, now)]
    state = state_of(now.queue_states, queue.name, now.at)
    return LiveQueue(
        queue.name,
        len(rows),
        _oldest(rows, now.at),
        labels(now.centre).queues[queue.name],
        len(serving),
        sum(has_room(agent, None, now) for agent in serving),
        **_told(state),
        goal_seconds=now.centre.goal_of(queue.name),
    )


def live_agent(agent: Agent) -> LiveAgent:
    held = agent.engagements
    return LiveAgent(
        agent.id,
        agent.name,
        agent.presence,
        routing_status(agent),
        len(held),
        iso(agent.presence_since) if agent.presence_since else None,
        agent.reason,
        agent.draining,
        tuple(place.channel for place in held),
        used(agent),
        wrapping=sum(place.wrapping for place in held),
    )


def doing(agent: LiveAgent) -> str:
    """What somebody does who is there: idle, interacting, not_responding, or the presence that keeps them
    from work.
    """
    at_work = agent.presence is Presence.AVAILABLE or agent.engagements
    return str(agent.routing_status if at_work else agent.presence)


def _serves(agent: Agent, queue: Queue, now: Now) -> bool:
    abilities = now.roster.of_login(agent.login)
    there = agent.presence is not Presence.OFFLINE and not agent.draining
    return there and abilities is not None and queue.name in abilities.profile.queues


def _oldest(rows: Sequence[Waiting], at: datetime) -> int | None:
    oldest = min((row.enqueued_at for row in rows), default=None)
    return max(0, int((at - oldest).total_seconds())) if oldest else None


def _told(state: QueueState | None) -> dict[str, str]:
    if state is None:
        return {}
    told = {"opening": str(state.opening), "by": state.by, "why": state.why, "into": state.into}
    return told | ({"until": iso(state.until)} if state.until else {})
