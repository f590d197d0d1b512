"""Agents: presence, engagements, capacity."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Presence(StrEnum):
    """What an agent sets. Anything but available takes no new work."""

    AVAILABLE = "available"
    BREAK = "break"
    MEAL = "meal"
    TRAINING = "training"
    OFFLINE = "offline"


class RoutingStatus(StrEnum):
    """What follows from it (Genesys' words)."""

    OFF_QUEUE = "off_queue"
    IDLE = "idle"
    INTERACTING = "interacting"
    NOT_RESPONDING = "not_responding"


@dataclass(frozen=True, slots=True)
class Engagement:
    """A taken place: offered (offer_id set, until its end) or connected. One per case and channel weight.

    `accepted` is the offer it came from: accepting that one again changes nothing.
    """

    case_id: str
    customer_id: str
    channel: str
    since: datetime
    offer_id: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """`free_since` is set while a row in the market offers this agent. `version` counts every change; the
    lines of the agent's own timeline take their numbers from it, so there they have gaps."""

    id: str
    name: str
    pool: str
    version: int
    presence: Presence = Presence.OFFLINE
    presence_since: datetime | None = None
    not_responding: bool = False
    language: str = ""
    engagements: tuple[Engagement, ...] = ()
    idle_since: datetime | None = None
    free_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The desk's sign of life, apart from the agent so that it never contends with work."""

    pool: str
    agent_id: str
    seen_at: datetime
    expires_at: datetime


FULL = 15
WEIGHT = {"voice": 15, "email": 3}
MESSAGE_WEIGHT = 5


def weight(channel: str) -> int:
    """Units an engagement takes of an agent's 15: 1 call, or 3 chats or messages, or 5 emails."""
    return WEIGHT.get(channel, MESSAGE_WEIGHT)


def room(agent: Agent) -> int:
    return FULL - sum(weight(e.channel) for e in agent.engagements)


def fits(agent: Agent, channel: str) -> bool:
    return weight(channel) <= room(agent)


def takes_work(agent: Agent) -> bool:
    """Whether an offer may go to this agent now: one at a time, so that none rings unseen."""
    ringing = any(place.offer_id for place in agent.engagements)
    return agent.presence is Presence.AVAILABLE and not agent.not_responding and not ringing


def routing_status(agent: Agent) -> RoutingStatus:
    if agent.not_responding:
        return RoutingStatus.NOT_RESPONDING
    if agent.engagements:
        return RoutingStatus.INTERACTING
    return RoutingStatus.IDLE if agent.presence is Presence.AVAILABLE else RoutingStatus.OFF_QUEUE
