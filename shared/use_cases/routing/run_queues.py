"""A supervisor drains a queue, closes it, or opens it again."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.change import ABSENT, Put, Ref
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.queue_state import (
    NO_STATES,
    Opening,
    QueueState,
    QueueStates,
    reopens,
    set_state,
    state_of,
    successors,
)
from shared.domain.routing.audit import line_about
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class RunQueues:
    """Refused `no_queue` for one that is not there, `no_successor` (422) where a drained queue has none that
    could get the new customers.
    """

    store: Store
    now: Moment

    def __call__(self, queue: str, opening: Opening, actor: str, why: str = "", into: str = "") -> QueueState:
        def once() -> QueueState:
            now, before = self.now(), states(self.store)
            state = self._state(queue, opening, actor, why, into, before, now)
            old, after = state_of(before, state.queue, now.at), set_state(before, state)
            facts = {"queue": state.queue, "before": old.opening if old else Opening.OPEN}
            facts |= {"after": opening} | ({"into": state.into} if state.into else {})
            line = line_about(f"queue-{state.queue}", after.version, now, "queue_state", actor, facts, why)
            self.store.commit(Put(after, over=before.version or ABSENT), Put(line))
            return state

        return retry_on_conflict(once)

    def _state(
        self, name: str, opening: Opening, actor: str, why: str, into: str, before: QueueStates, now: Now
    ) -> QueueState:
        queue = next((one for one in now.centre.queues if one.name == name), None)
        if queue is None:
            raise Refused("no_queue", status=422, told=_told(one.name for one in now.centre.queues))
        to = self._into(queue, into, before, now) if opening is Opening.DRAINING else ""
        until = reopens(queue, now.centre, now.at) if opening is Opening.CLOSED else None
        return QueueState(queue.name, opening, now.at, actor, why, to, until)

    def _into(self, queue: Queue, into: str, before: QueueStates, now: Now) -> str:
        wanted = into or (queue.overflow.queue if queue.overflow else "")
        may = successors(before, queue, now.centre.queues, now.at)
        if wanted not in may:
            raise Refused("no_successor", status=422, told=_told(may))
        return wanted


def states(store: Store) -> QueueStates:
    return store.get(Ref(QueueStates)) or NO_STATES


def _told(names: Iterable[str]) -> dict[str, str]:
    there = ", ".join(names)
    return {"queues": there} if there else {}
