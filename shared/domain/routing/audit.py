"""What staff do that no customer's timeline tells: a line of their own timeline."""

from dataclasses import replace

from shared.domain.change import Change, Put
from shared.domain.now import Now
from shared.domain.routing.presence import timeline_of
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar


def audited(agent: Agent, action: str, actor: str, now: Now, **facts: Scalar) -> Change:
    """`action` is a stable word; it was done to this agent's account by `actor`."""
    entry = _line(agent, agent.version + 1, action, actor, now, facts)
    return (Put(replace(agent, version=agent.version + 1), over=agent.version), Put(entry))


def hired(agent: Agent, actor: str, now: Now) -> Change:
    """A new agent, whose timeline begins with this."""
    return (Put(agent), Put(_line(agent, agent.version, "staff_added", actor, now, {})))


def _line(agent: Agent, seq: int, action: str, actor: str, now: Now, facts: dict[str, Scalar]) -> Entry:
    return Entry(
        timeline=timeline_of(agent.id),
        seq=seq,
        id=now.new_id(),
        at=now.at,
        kind=Kind.AUDITED,
        audience=Audience.STAFF,
        actor=actor,
        facts={"action": action, "agent": agent.id} | facts,
    )
