"""What an agent has room for, by their routing profile."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.customer.head import Contact, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.phone import phone_of, rung
from shared.domain.routing.staff import Agent, Engagement, room
from shared.domain.staffing import Profile
from shared.domain.traits import FULL, Channels, Traits

NO_PROFILE = Profile("")
CALLS, CHATS, EMAILS = "calls", "chats", "emails"


@dataclass(frozen=True, slots=True)
class Share:
    """Contacts of one kind: how many an agent has, and how many they can have beside what else they hold."""

    kind: str
    used: int
    most: int


def profile_of(agent: Agent, now: Now) -> Profile:
    """For who is to get no work, one without queues: what they have weighs what its channel says."""
    abilities = now.roster.of_login(agent.login)
    return abilities.profile if abilities else NO_PROFILE


def places(profile: Profile, channel: str, channels: Channels) -> int:
    """What one contact of this channel takes of the agent's 15 places."""
    most = next((limit.most for limit in profile.limits if limit.channel == channel), 0)
    return FULL // most if most else channels.of(channel).places


def shares(agent: Agent, profile: Profile, channels: Channels) -> tuple[Share, ...]:
    """Each kind of which the agent has a contact or can take one; contacts of one case are one."""
    made = (_share(kind, agent, profile, channels) for kind in (CALLS, CHATS, EMAILS))
    return tuple(one for one in made if one.most)


def shares_now(agent: Agent, now: Now) -> tuple[Share, ...]:
    """The same of who can be rung nowhere is without calls, unless they have one."""
    known = shares(agent, profile_of(agent, now), now.channels)
    silent = not phone_of(agent, now) and any(one.calls for one in now.channels.all)
    return tuple(one for one in known if one.kind != CALLS or one.used or not silent)


def _share(kind: str, agent: Agent, profile: Profile, channels: Channels) -> Share:
    of_kind = {one.name for one in channels.all if _kind(one) == kind}
    used = len({place.case_id for place in agent.engagements if place.channel in of_kind})
    more = max((_more(agent, profile, name, channels) for name in of_kind), default=0)
    return Share(kind, used, used + more)


def _kind(channel: Traits) -> str:
    """As people call a contact: by what it asks of who answers it."""
    return CALLS if channel.rings else EMAILS if channel.subjects else CHATS


def _more(agent: Agent, profile: Profile, channel: str, channels: Channels) -> int:
    """How many more contacts of other cases the agent can take of this channel."""
    limit = next((limit.most for limit in profile.limits if limit.channel == channel), FULL)
    held = sum(place.channel == channel for place in agent.engagements)
    return max(0, min(room(agent) // places(profile, channel, channels), limit - held))


def has_room_for(agent: Agent, profile: Profile, channels: Channels) -> tuple[str, ...]:
    """The channels of which the agent can take one more contact of anybody's."""
    return tuple(_fitting(agent, profile, channels))


def takes_now(agent: Agent, profile: Profile, now: Now) -> tuple[str, ...]:
    """The same, as far as the agent can be rung by it."""
    return rung(has_room_for(agent, profile, now.channels), agent, now)


def may_ring_owner(agent: Agent, profile: Profile, channels: Channels) -> tuple[str, ...]:
    """The channels of which a contact of a case the agent owns may ring them, although they have no room."""
    if beside(agent) or not any(place.owns for place in agent.engagements):
        return ()
    held = {place.channel for place in agent.engagements}
    return tuple(one.name for one in channels.all if one.rings and one.name not in held)


def engagement(agent: Agent, case: OpenCase, contact: Contact, now: Now) -> Engagement:
    """The places that an offer of this contact takes of the agent."""
    profile = profile_of(agent, now)
    fits = contact.channel in _fitting(agent, profile, now.channels, case.id)
    return Engagement(
        case.id,
        case.member,
        contact.channel,
        now.at,
        contact.interaction_id,
        places(profile, contact.channel, now.channels),
        contact.offer_id,
        owns=case.owner == agent.id,
        beside=not fits or _comes_beside(agent, profile, case, contact.channel, now.channels),
        queue=contact.queue,
    )


def fits(agent: Agent, case: OpenCase, contact: Contact, now: Now) -> bool:
    """Whether the agent has room for this contact, whoever decides that they get it."""
    return contact.channel in rung(_fitting(agent, profile_of(agent, now), now.channels, case.id), agent, now)


def full(agent: Agent, channel: str, now: Now) -> Refused:
    """The refusal that says how many contacts of this channel the agent has and can have."""
    held, most = taken_of(agent, channel, now)
    return Refused("full", status=409, told={"held": str(held), "most": str(most)})


def taken_of(agent: Agent, channel: str, now: Now) -> tuple[int, int]:
    """What the agent has taken and can take, counted in contacts of this channel."""
    each = places(profile_of(agent, now), channel, now.channels)
    most = FULL // each
    return most - max(0, room(agent)) // each, most


def beside(agent: Agent) -> bool:
    """Whether something came beside what filled the agent already."""
    return any(place.beside for place in agent.engagements)


def _comes_beside(agent: Agent, profile: Profile, case: OpenCase, channel: str, channels: Channels) -> bool:
    """A call in a case that the agent talks in already, or what interrupts all they have."""
    talks = channels.of(channel).rings and _of(agent, case.id) > 0
    return talks or _interrupts(agent, profile, channel, channels, case.id)


def _fitting(agent: Agent, profile: Profile, channels: Channels, case_id: str = "") -> Iterator[str]:
    """`case_id`: of this case, whose contacts are one conversation: the largest counts."""
    if beside(agent):
        return
    held = [place.channel for place in agent.engagements]
    for channel in channels.all:
        most = next((limit.most for limit in profile.limits if limit.channel == channel.name), FULL)
        fits = places(profile, channel.name, channels) <= room(agent) + _of(agent, case_id)
        if (fits and held.count(channel.name) < most) or _interrupts(
            agent, profile, channel.name, channels, case_id
        ):
            yield channel.name


def _interrupts(agent: Agent, profile: Profile, channel: str, channels: Channels, case_id: str) -> bool:
    """Whether one of this channel may come though the agent is full: all they hold may be interrupted."""
    if places(profile, channel, channels) <= room(agent) + _of(agent, case_id):
        return False
    over = {name for rule in profile.interrupts if rule.channel == channel for name in rule.over}
    held = {place.channel for place in agent.engagements}
    return bool(held) and held <= over


def _of(agent: Agent, case_id: str) -> int:
    return max((place.places for place in agent.engagements if place.case_id == case_id), default=0)
