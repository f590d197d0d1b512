"""Threads of one function, for work that mostly waits: for the table, for a socket, for a provider."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
HANDS = 10  # as many connections as botocore keeps open to one service


def ten_at_once(act: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """`act` on each thing, at most ten at a time; answers in the order of the things.

    All are done before the first error is raised.
    """
    if len(things) < 2:
        return [act(thing) for thing in things]
    from concurrent.futures import ThreadPoolExecutor  # only who has much to do pays for the import

    with ThreadPoolExecutor(min(HANDS, len(things))) as pool:
        return list(pool.map(act, things))
