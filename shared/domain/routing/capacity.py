"""What an agent has room for, by their routing profile."""

from collections.abc import Iterator

from shared.domain.routing.staff import Agent, room
from shared.domain.staffing import Profile
from shared.domain.traits import FULL, Channels


def places(profile: Profile, channel: str, channels: Channels) -> int:
    """What one contact of this channel takes of the agent's 15 places."""
    most = next((limit.most for limit in profile.limits if limit.channel == channel), 0)
    return FULL // most if most else channels.of(channel).places


def has_room_for(agent: Agent, profile: Profile, channels: Channels) -> tuple[str, ...]:
    """The channels of which the agent can take one more contact of anybody's."""
    return tuple(_fitting(agent, profile, channels))


def may_ring_owner(agent: Agent, profile: Profile, channels: Channels) -> tuple[str, ...]:
    """The channels of which a contact of a case the agent owns may ring them, although they have no room."""
    if not any(place.owns for place in agent.engagements):
        return ()
    return tuple(one.name for one in channels.all if one.rings)


def _fitting(agent: Agent, profile: Profile, channels: Channels) -> Iterator[str]:
    left, held = room(agent), [place.channel for place in agent.engagements]
    for channel in channels.all:
        most = next((limit.most for limit in profile.limits if limit.channel == channel.name), FULL)
        if places(profile, channel.name, channels) <= left and held.count(channel.name) < most:
            yield channel.name
