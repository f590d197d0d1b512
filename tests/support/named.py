"""Channels whose provider knows our messages by its own ids alone."""

from dataclasses import replace
from datetime import datetime

from infra.twins.world import World
from shared.domain.now import Now
from shared.domain.traits import channels_of
from shared.ports import Moment


def named_by_provider(world: World) -> Moment:
    """This moment, in a centre where every channel is one of these."""

    def now(at: datetime | None = None) -> Now:
        usual = world.now(at)
        channels = channels_of(replace(one, found_by_provider_id=True) for one in usual.channels.all)
        return replace(usual, channels=channels)

    return now
