"""An agent by their id."""

from shared.domain.change import Ref
from shared.domain.errors import Refused
from shared.domain.routing.staff import Agent
from shared.ports import Store


def agent_of(store: Store, agent_id: str) -> Agent:
    """Raises Refused `no_agent` (404)."""
    agent = store.get(Ref(Agent, agent_id))
    if agent is None:
        raise Refused("no_agent", status=404)
    return agent
