"""The channels: one folder each, found by its name. No list is kept anywhere."""

from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any


class Channel:
    """A channel's two halves, imported when they are asked for: the router never loads an outbound.

    Typed loosely: tests/contract/test_channels.py asks every channel for what it must have.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def inbound(self) -> Any:
        return import_module(f"{__name__}.{self.name}.inbound")

    @cached_property
    def outbound(self) -> Any:
        return import_module(f"{__name__}.{self.name}.outbound")


@cache
def names() -> tuple[str, ...]:
    """The channels of this bundle, in order."""
    halves = Path(__file__).parent.glob("*/inbound.py*")
    return tuple(sorted({half.parent.name for half in halves}))


@cache
def load(name: str) -> Channel:
    """The channel of this name. Raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return Channel(name)
