"""One look at a pool: who waits, who is free, and an offer for every pair."""

from dataclasses import dataclass

from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.customer.head import ContactState, Head
from shared.domain.errors import Conflict, Refused
from shared.domain.routing.assign import offer
from shared.domain.routing.pairs import Pair, pairs
from shared.domain.routing.pool import Free, Waiting, waiting_row
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of

PAGE = 100  # rows of some 100 bytes: three read units
LOOKS = 5


@dataclass(frozen=True, slots=True)
class AssignWaiting:
    """Strong reads of both sides; the conditions of each offer are the lock.

    Two requests for a look and three for each offer, however many wait or are free. What it
    leaves waiting is looked at again when somebody becomes free, or by the minute sweep.
    """

    store: Store
    now: Moment

    def __call__(self, pool: str) -> int:
        """Returns the number of offers made. A lost race means the pool has changed: look again."""
        made = 0
        for _ in range(LOOKS):
            offers, lost = self._look(pool)
            made += offers
            if not lost and not offers:
                break
        return made

    def _look(self, pool: str) -> tuple[int, bool]:
        free = self.store.find(Free, pool, limit=PAGE)
        waiting = self.store.find(Waiting, pool, limit=PAGE) if free else ()
        made, lost = 0, False
        for pair in pairs(waiting, free, self.now().at):
            try:
                self._offer(pair)
                made += 1
            except Conflict:
                lost = True
        return made, lost

    def _offer(self, pair: Pair) -> None:
        """Raises Conflict where the pool has changed since it was read. A row whose contact does not wait
        any more, or whose agent is not free any more, is deleted. `room` in the agent's row need not be
        checked: it was written together with `free_since`, which is.
        """
        now = self.now()
        head, agent = self._head(pair.waiting), self.store.get(Ref(Agent, pair.free.agent_id))
        case = case_of(head, pair.waiting.case_id) if head else None
        contact = contact_of(case, pair.waiting.interaction_id) if case else None
        if not (head and case and contact and contact.state is ContactState.WAITING):
            self._take_out(pair.waiting, head)
            raise Conflict
        if waiting_row(case, contact, now).pool != pair.waiting.pool:
            self._move(pair.waiting, waiting_row(case, contact, now), head)
            raise Conflict
        if agent is None or agent.free_since != pair.free.since:
            self.store.commit(Delete(pair.free))
            raise Conflict
        self.store.commit(*offer(head, case, contact, agent, pair.reason, now))

    def _take_out(self, row: Waiting, head: Head | None) -> None:
        """Only while the head is as we read it: an offer that has just ended puts the same row back."""
        unchanged = (Put(head, over=head.version),) if head else ()
        self.store.commit(Delete(row), *unchanged)

    def _move(self, row: Waiting, right: Waiting, head: Head) -> None:
        """A row from before the settings changed, into the pool of its queue."""
        self.store.commit(Delete(row), Put(right, over=ANY), Put(head, over=head.version))

    def _head(self, row: Waiting) -> Head | None:
        """None for a customer who was erased: their row must not keep the others waiting."""
        try:
            return head_of(self.store, row.customer_id)
        except Refused:
            return None
