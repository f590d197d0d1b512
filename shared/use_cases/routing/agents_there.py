"""The agents of some pools whose desks gave a sign of life."""

from collections.abc import Iterable
from datetime import datetime

from shared.domain.change import Ref
from shared.domain.routing.staff import Agent, Heartbeat
from shared.ports import Store

MOST = 1000
AT_ONCE = 100


def agents_seen(store: Store, pools: Iterable[str]) -> list[tuple[Agent, datetime]]:
    """Each with the last sign, at most 1,000 of a pool: a query a pool, a batch read for each 100 agents."""
    beats = (beat for pool in pools for beat in store.find(Heartbeat, pool, limit=MOST))
    seen = {beat.agent_id: beat.seen_at for beat in beats}
    ids = sorted(seen)
    pages = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    found = [agent for page in pages for agent in store.get_all(*(Ref(Agent, id) for id in page))]
    return [(agent, seen[agent.id]) for agent in found if agent]
