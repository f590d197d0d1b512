"""Where a call rings an agent: who can be rung nowhere gets no telephone call."""

from collections.abc import Iterable
from datetime import timedelta

from shared.domain.now import Now
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Timer

LONGEST_RING = 20  # seconds: a telephone that rings longer is mostly one that nobody hears
LOOK_AGAIN = timedelta(seconds=30)
LEG = "leg"  # the timer's word


def phone_of(agent: Agent, now: Now) -> str:
    """As the settings say it, else as the agent said it where they may; "" for nowhere."""
    own = agent.phone if now.centre.calls.own_phones else ""
    return now.roster.phone_of(agent.login) or own


def rung(channels: Iterable[str], agent: Agent, now: Now) -> tuple[str, ...]:
    """Those of the channels that reach this agent: of telephone calls, none without a phone."""
    found = tuple(channels)
    if not any(now.channels.of(name).calls for name in found) or phone_of(agent, now):
        return found
    return tuple(name for name in found if not now.channels.of(name).calls)


def offer_seconds(channel: str, now: Now) -> int:
    """How long one of this channel is offered: a caller waits no longer than a telephone rings."""
    usual = now.centre.offer_seconds
    return min(usual, LONGEST_RING) if now.channels.of(channel).calls else usual


def leg_timer(channel: str, now: Now) -> tuple[Timer, ...]:
    """Somebody is to be rung: by then they talk, or they never will."""
    return (Timer(now.at + LOOK_AGAIN, LEG),) if now.channels.of(channel).calls else ()
