"""The same work for many things, several at a time: for work that mostly waits.

concurrent.futures is imported late: only who has much to do pays for it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from shared.domain.errors import TryAgain

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")
HANDS = 10  # of one function: as many connections as botocore keeps open to a service when left alone
MANY = 32  # as many as ours keeps (clients.AT_ONCE): for who writes much in little time


def within(seconds: float, work: Callable[[], R]) -> R:
    """What the work gives or raises. TryAgain where it takes longer: then it goes on, and nobody hears."""
    done: SimpleQueue[Callable[[], R]] = SimpleQueue()
    Thread(target=lambda: done.put(_outcome(work)), daemon=True).start()
    try:
        return done.get(timeout=seconds)()
    except Empty:
        raise TryAgain(f"no answer within {seconds} s") from None


def _outcome(work: Callable[[], R]) -> Callable[[], R]:
    """What gives or raises it again, for another thread to call."""
    try:
        result = work()
    except Exception as error:
        raised = error

        def again() -> R:
            raise raised

        return again
    return lambda: result


def ready() -> None:
    """For INIT: what the first work in threads would import."""
    import concurrent.futures.thread  # noqa: F401  # only imported


def in_threads(work: Callable[[T], R], of: Iterable[T], at_once: int = 8) -> Iterator[R]:
    """The answers in the order asked. Only so many are begun, or done and not taken, at any time.

    An error is raised where its answer would stand; what has begun is brought to its end.
    """
    from concurrent.futures import ThreadPoolExecutor

    begun: deque[Future[R]] = deque()
    with ThreadPoolExecutor(at_once) as pool:
        for one in of:
            if len(begun) == at_once:
                yield begun.popleft().result()
            begun.append(pool.submit(work, one))
        while begun:
            yield begun.popleft().result()


def ten_at_once(act: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """`act` on each thing, at most ten at a time; answers in the order of the things.

    All are done before the first error is raised.
    """
    return _at_once(act, things, HANDS)


def many_at_once(act: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """The same, at most 32 at a time."""
    return _at_once(act, things, MANY)


def _at_once(act: Callable[[T], R], things: Sequence[T], hands: int) -> list[R]:
    if len(things) < 2:
        return [act(thing) for thing in things]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(hands, len(things))) as pool:
        return list(pool.map(act, things))
