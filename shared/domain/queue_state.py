"""What supervisors do to a queue for now, apart from the settings: drain it, close it, open it again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.centre import Centre
from shared.domain.hours import opens_at
from shared.domain.queue import Queue

MOST_HOPS = 5  # from a queue that is drained into one that is drained, too


class Opening(StrEnum):
    """OPEN as the settings say. DRAINING: nothing new enters, who waits is served. CLOSED: as outside hours,
    customers are told so.
    """

    OPEN = "open"
    DRAINING = "draining"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QueueState:
    """`into` is the queue that gets what a drained one would have got; `until` ends a closing by itself (the
    next opening), and is None where only somebody's hand does. `by` is an actor, `why` their words.
    """

    queue: str
    opening: Opening
    at: datetime
    by: str
    why: str = ""
    into: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueStates:
    """All queues that are not as the settings say: one item, written on its version."""

    all: tuple[QueueState, ...] = ()
    version: int = 0


NO_STATES = QueueStates()


def state_of(states: QueueStates, queue: str, at: datetime) -> QueueState | None:
    """None for a queue that is as the settings say."""
    found = next((one for one in states.all if one.queue == queue), None)
    over = found is not None and found.until is not None and found.until <= at
    return None if over else found


def entered(states: QueueStates, queue: str, centre: Centre, at: datetime) -> str:
    """The queue that a contact enters which is to wait in this one."""
    for _ in range(MOST_HOPS):
        state = state_of(states, queue, at)
        if state is None or state.opening is not Opening.DRAINING:
            return queue
        queue = centre.queue_of(state.into).name
    return queue


def is_shut(states: QueueStates, queue: str, at: datetime) -> bool:
    """Whether somebody has closed it by hand."""
    state = state_of(states, queue, at)
    return state is not None and state.opening is Opening.CLOSED


def set_state(states: QueueStates, state: QueueState) -> QueueStates:
    """With this state in the place of the queue's former one; one that is open needs none."""
    others = tuple(one for one in states.all if one.queue != state.queue)
    kept = () if state.opening is Opening.OPEN else (state,)
    return replace(states, all=(*others, *kept), version=states.version + 1)


def reopens(queue: Queue, centre: Centre, at: datetime) -> datetime | None:
    """The next opening of a queue that is closed now: None for one that never closes by its hours."""
    hours = queue.hours or centre.hours
    return opens_at(hours, at, centre.zone) if hours.weekly else None


def successors(states: QueueStates, queue: Queue, queues: Iterable[Queue], at: datetime) -> list[str]:
    """Queues that may get what this one would: not itself, and none that is drained."""
    others = (one for one in queues if one.name != queue.name)
    return [one.name for one in others if state_of(states, one.name, at) is None]
