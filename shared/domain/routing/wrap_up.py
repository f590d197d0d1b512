"""After-contact work: the conversation is over, and its places stay taken until the agent is done with it."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.address.way import Way
from shared.domain.change import Change, Put
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed, without
from shared.domain.routing.presence import timeline_of
from shared.domain.routing.seating import frees
from shared.domain.routing.staff import Agent, Engagement, takes_work
from shared.domain.timeline.entry import Audience, Entry, Kind, Scalar, Signals
from shared.domain.times import lasted

WRAP = "wrap"  # the timer's word


def wraps_until(now: Now) -> datetime | None:
    """Until when after-contact work goes on that begins now; None where the centre has none."""
    seconds = now.centre.acw_seconds
    return now.at + timedelta(seconds=seconds) if seconds > 0 else None


def wrap_timer(now: Now) -> dict[str, object]:
    """What the line of the end carries, so that somebody looks when the work after it should be over."""
    until = wraps_until(now)
    return {"due": until, "due_for": WRAP} if until else {}


def after_talk(agent: Agent, interaction_id: str, now: Now) -> Agent:
    """The agent after this contact ended: its places are free, or taken until the work after it is over."""
    until = wraps_until(now)
    if until is None:
        return without(agent, interaction_id)
    places = (
        _over(place, until, now) if place.interaction_id == interaction_id else place
        for place in agent.engagements
    )
    return replace(agent, engagements=tuple(places))


def _over(place: Engagement, until: datetime, now: Now) -> Engagement:
    return replace(place, offer_id="", owns=False, beside=False, since=now.at, wraps_until=until)


def wrapping(agent: Agent, case_id: str) -> tuple[Engagement, ...]:
    return tuple(e for e in agent.engagements if e.wrapping and e.case_id == case_id)


def wrapped(agent: Agent, place: Engagement, how: str, now: Now) -> Change:
    """The work after a contact is over: `how` is done, over (its time is) or offline. Raises Refused
    `not_wrapping` (409) for what does not go on any more.
    """
    if place not in agent.engagements or not place.wrapping:
        raise Refused("not_wrapping", status=409)
    after = without(agent, place.interaction_id)
    facts: dict[str, Scalar] = {
        "queue": place.queue,
        "agent": agent.id,
        "how": how,
        "wrap_ms": lasted(place.since, now.at),
        "places": place.places,
    }
    line = Entry(
        timeline=timeline_of(agent.id),
        seq=agent.version + 1,
        id=now.new_id(),
        at=now.at,
        kind=Kind.WRAPPED_UP,
        audience=Audience.STAFF,
        actor=f"agent:{agent.id}" if how == "done" else "system",
        way=Way(place.channel),
        case_id=place.case_id,
        interaction_id=place.interaction_id,
        facts=facts,
        signals=frees(after, now) if takes_work(after) else Signals(),
    )
    return (*staffed(agent, after, now), Put(line))
