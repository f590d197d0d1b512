"""An agent as their own desk shows them: presence, what follows from it, and what they have room for."""

from dataclasses import dataclass

from shared.domain.routing.capacity import Share
from shared.domain.routing.staff import Agent, Presence, routing_status, used
from shared.domain.traits import FULL


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places taken, of 15: a call takes all, a chat or a message 5, an email 3. `shares` says the same in
    contacts, where it was asked for.
    """

    used: int
    full: int
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentView:
    """`version` rises with every change of the agent: of two views the lower one is old news."""

    id: str
    name: str
    groups: tuple[str, ...]
    language: str
    presence: str = Presence.OFFLINE
    routing_status: str = "off_queue"
    capacity: Capacity = Capacity(0, FULL)
    version: int = 0
    reason: str = ""
    draining: bool = False


def agent_view(agent: Agent, groups: tuple[str, ...], shares: tuple[Share, ...] = ()) -> AgentView:
    status, capacity = routing_status(agent), Capacity(used(agent), FULL, shares)
    told = (agent.id, agent.name, groups, agent.language, agent.presence, status, capacity)
    return AgentView(*told, version=agent.version, reason=agent.reason, draining=agent.draining)
