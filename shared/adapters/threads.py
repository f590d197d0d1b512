"""The same work for many things, several at a time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_threads(work: Callable[[T], R], of: Iterable[T], at_once: int = 8) -> Iterator[R]:
    """The answers in the order asked. Only so many are begun, or done and not taken, at any time.

    An error is raised where its answer would stand; what has begun is brought to its end.
    """
    begun: deque[Future[R]] = deque()
    with ThreadPoolExecutor(at_once) as pool:
        for one in of:
            if len(begun) == at_once:
                yield begun.popleft().result()
            begun.append(pool.submit(work, one))
        while begun:
            yield begun.popleft().result()
