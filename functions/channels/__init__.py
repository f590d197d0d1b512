"""The channels: one folder each, found by its name. No list is kept anywhere."""

from datetime import datetime
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from shared.domain.now import Now
from shared.domain.traits import Channels, Traits, channels_of
from shared.edge.wiring import ports


class Channel:
    """What a channel says of itself, and its parts, imported when they are asked for: the router never
    loads an outbound.

    Typed loosely: tests/contract/test_channels.py asks every channel for what it must have.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def traits(self) -> Traits:
        traits: Traits = import_module(f"{__name__}.{self.name}.channel").CHANNEL
        return traits

    @cached_property
    def inbound(self) -> Any:
        return import_module(f"{__name__}.{self.name}.inbound")

    @cached_property
    def outbound(self) -> Any:
        return import_module(f"{__name__}.{self.name}.outbound")

    @cached_property
    def listing(self) -> Any:
        """Where its traits say `listed`."""
        return import_module(f"{__name__}.{self.name}.listing")


@cache
def names() -> tuple[str, ...]:
    """The channels of this bundle, in order."""
    halves = Path(__file__).parent.glob("*/channel.py*")
    return tuple(sorted({half.parent.name for half in halves}))


@cache
def load(name: str) -> Channel:
    """The channel of this name. Raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return Channel(name)


@cache
def traits() -> Channels:
    """What every channel of this bundle says of itself."""
    return channels_of(load(name).traits for name in names())


def imported(half: str = "", *of: str) -> None:
    """For `early`: what every channel says of itself; one half ("inbound", "outbound") of these or of all."""
    known = traits().all
    for name in (of or (one.name for one in known)) if half else ():
        getattr(load(name), half)


def now(at: datetime | None = None) -> Now:
    """This moment, or `at`: with the settings in force, new ids, and what the channels say of themselves."""
    return ports().now(traits(), at)
