"""What staff do that no customer's timeline tells: a line of their own timeline."""

from collections.abc import Mapping
from dataclasses import replace

from shared.domain.change import Change, Put
from shared.domain.now import Now
from shared.domain.routing.assign import staffed
from shared.domain.routing.presence import timeline_of
from shared.domain.routing.seating import frees
from shared.domain.routing.staff import Agent, takes_work
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar, Signals


def audited(agent: Agent, action: str, actor: str, now: Now, **facts: Scalar) -> Change:
    """`action` is a stable word; it was done to this agent's account by `actor`."""
    entry = _line(agent, agent.version + 1, action, actor, now, facts)
    return (Put(replace(agent, version=agent.version + 1), over=agent.version), Put(entry))


def drained(agent: Agent, draining: bool, actor: str, now: Now) -> Change:
    """The agent gets nothing new from now on, or is asked again."""
    after = replace(agent, draining=draining)
    action = "drained" if draining else "undrained"
    line = _line(agent, agent.version + 1, action, actor, now, {})
    woken = replace(line, signals=frees(after, now) if takes_work(after) else Signals())
    return (*staffed(agent, after, now), Put(woken))


def agent_line(agent: Agent, action: str, actor: str, now: Now) -> Entry:
    """The next line of the agent's own timeline, for a change that is written with it."""
    return _line(agent, agent.version + 1, action, actor, now, {})


def hired(agent: Agent, actor: str, now: Now) -> Change:
    """A new agent, whose timeline begins with this."""
    return (Put(agent), Put(_line(agent, agent.version, "staff_added", actor, now, {})))


def line_about(
    subject: str, seq: int, now: Now, action: str, actor: str, facts: Mapping[str, Scalar], why: str = ""
) -> Entry:
    """A line about something that is no agent, in a timeline of its own. `why` are the actor's words."""
    return Entry(
        timeline=timeline_of(subject),
        seq=seq,
        id=now.new_id(),
        at=now.at,
        kind=Kind.AUDITED,
        audience=Audience.STAFF,
        actor=actor,
        content=Content(why),
        facts={"action": action} | dict(facts),
    )


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
