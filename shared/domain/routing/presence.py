"""What an agent says about themselves, as entries of their own timeline."""

from dataclasses import replace

from shared.domain.change import Change, Put
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed
from shared.domain.routing.seating import frees
from shared.domain.routing.staff import Agent, Presence, takes_work
from shared.domain.timeline.entry import Audience, Entry, Kind, Signals
from shared.domain.times import lasted


def timeline_of(agent_id: str) -> str:
    return f"staff-{agent_id}"


def set_presence(agent: Agent, presence: Presence, now: Now, reason: str = "", aux: str = "") -> Change:
    """The new presence and its entry. Saying it again changes nothing, save that it ends not-responding.
    `aux` is the code of the centre's own reason. Refused `no_reason` (422) for a code it does not have, and
    for its own kind of presence without one.
    """
    if bool(aux) != (presence is Presence.AUX) or (aux and aux not in {one.code for one in now.centre.aux}):
        raise Refused("no_reason", status=422)
    after = replace(agent, presence=presence, presence_since=now.at, not_responding=False, reason=aux)
    if (presence, aux) == (agent.presence, agent.reason) and not agent.not_responding:
        return ()
    return (*staffed(agent, after, now), Put(_changed(agent, after, reason, now)))


def _changed(before: Agent, after: Agent, reason: str, now: Now) -> Entry:
    so_long = lasted(before.presence_since, now.at) if before.presence_since else 0
    facts: dict[str, str | int] = {"agent": before.id, "before": before.presence, "after": after.presence}
    facts |= {"lasted_ms": so_long} | ({"reason": reason} if reason else {})
    facts |= {"aux": after.reason} if after.reason else {}
    facts |= {"aux_before": before.reason} if before.reason else {}
    return Entry(
        timeline=timeline_of(before.id),
        seq=before.version + 1,
        id=now.new_id(),
        at=now.at,
        kind=Kind.PRESENCE_CHANGED,
        audience=Audience.STAFF,
        actor=f"agent:{before.id}",
        facts=facts,
        signals=frees(after, now) if takes_work(after) else Signals(),
    )
