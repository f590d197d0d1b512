"""Agents: presence, engagements, capacity."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.traits import FULL


class Presence(StrEnum):
    """What an agent sets. Anything but available takes no new work."""

    AVAILABLE = "available"
    BREAK = "break"
    MEAL = "meal"
    TRAINING = "training"
    OFFLINE = "offline"
    AUX = "aux"  # for a reason of the centre's own, named by its code


class RoutingStatus(StrEnum):
    """What follows from it (Genesys' words)."""

    OFF_QUEUE = "off_queue"
    IDLE = "idle"
    INTERACTING = "interacting"
    NOT_RESPONDING = "not_responding"


@dataclass(frozen=True, slots=True)
class Engagement:
    """Places taken by a contact: offered (offer_id set, until its end) or connected.

    `places` are what its channel takes of an agent's 15 (Traits).
    `accepted` is the offer it came from: accepting that one again changes nothing. `owns`: the agent owns its
    case. `wraps_until` is set when the conversation is over and its after-contact work goes on until then;
    `since` is then when that began. `beside`: it came beside what fills the agent already, and until it ends
    they get nothing else. `consult`: a colleague asks; the contact is theirs and stays so.
    """

    case_id: str
    customer_id: str
    channel: str
    since: datetime
    interaction_id: str
    places: int
    offer_id: str = ""
    accepted: str = ""
    owns: bool = False
    wraps_until: datetime | None = None
    beside: bool = False
    consult: bool = False
    queue: str = ""

    @property
    def wrapping(self) -> bool:
        return self.wraps_until is not None


@dataclass(frozen=True, slots=True)
class Agent:
    """`free_since` is set while a seat in the pool offers this agent. `version` counts every change; the
    lines of the agent's own timeline take their numbers from it, so there they have gaps.

    `login` finds them in the settings, `bench` is where their seat is (-1: none). `draining`: a supervisor
    lets them finish what they have and get nothing new. `reason` is the code of their presence (Aux).
    `phone` is where they said calls ring them (E.164 or sip:)."""

    id: str
    name: str
    pool: str
    version: int
    presence: Presence = Presence.OFFLINE
    presence_since: datetime | None = None
    not_responding: bool = False
    language: str = ""
    engagements: tuple[Engagement, ...] = ()
    free_since: datetime | None = None
    login: str = ""
    bench: int = -1
    draining: bool = False
    reason: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The desk's sign of life, apart from the agent so that it never contends with work."""

    pool: str
    agent_id: str
    seen_at: datetime
    expires_at: datetime


def used(agent: Agent) -> int:
    """The places an agent has taken. Contacts of one case are one conversation: the largest counts."""
    cases: dict[str, int] = {}
    for place in agent.engagements:
        cases[place.case_id] = max(place.places, cases.get(place.case_id, 0))
    return sum(cases.values())


def room(agent: Agent) -> int:
    return FULL - used(agent)


def takes_work(agent: Agent) -> bool:
    """Whether an offer may go to this agent now: one at a time, so that none rings unseen."""
    there = agent.presence is Presence.AVAILABLE and not agent.not_responding and not agent.draining
    return there and not any(place.offer_id or place.beside for place in agent.engagements)


def routing_status(agent: Agent) -> RoutingStatus:
    if agent.not_responding:
        return RoutingStatus.NOT_RESPONDING
    if agent.engagements:
        return RoutingStatus.INTERACTING
    return RoutingStatus.IDLE if agent.presence is Presence.AVAILABLE else RoutingStatus.OFF_QUEUE
