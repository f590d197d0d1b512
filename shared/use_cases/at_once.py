"""How a use case works on things that do not depend on each other."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def one_after_another(act: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """The plainest way, and the one that the stepper takes: the same code does the same each time."""
    return [act(thing) for thing in things]
