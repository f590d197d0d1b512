"""A pool's rows as the release before laid them, taken to where this one looks. The next one needs none."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from shared.domain.change import ANY, Delete, Put, Ref, Write
from shared.domain.customer.head import ContactState, Head
from shared.domain.errors import Conflict, Refused
from shared.domain.routing.former import WAITED, WAS_FREE, WAS_SEEN, Former
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.staff import Heartbeat
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of

MOST = 1000  # rows of a kind that one round moves


@dataclass(frozen=True, slots=True)
class MoveFormer:
    """Twice is once. A row whose contact changes meanwhile is moved by the next round."""

    store: Store
    now: Moment

    def __call__(self, pool: str) -> None:
        moves = {WAITED: self._waited, WAS_FREE: self._was_free, WAS_SEEN: self._was_seen}
        for what, move in moves.items():
            for row in self.store.find(Former, pool, what, limit=MOST):
                with suppress(Conflict):
                    self.store.commit(Delete(row), *move(row))

    def _waited(self, row: Former) -> Iterator[Write]:
        head = self._head(row)
        case = case_of(head, row.case_id) if head else None
        contact = contact_of(case, row.interaction_id) if case else None
        if head:
            yield Put(head, over=head.version)
        if case and contact and contact.state is ContactState.WAITING:
            yield Put(waiting_row(case, contact, self.now()), over=ANY)

    def _was_free(self, row: Former) -> Iterator[Write]:
        """The sweep of the agents gives them a seat."""
        return iter(())

    def _was_seen(self, row: Former) -> Iterator[Write]:
        known = self.store.get(Ref(Heartbeat, row.pool, row.agent_id))
        if row.seen_at and row.expires_at and (known is None or known.seen_at < row.seen_at):
            yield Put(Heartbeat(row.pool, row.agent_id, row.seen_at, row.expires_at), over=ANY)

    def _head(self, row: Former) -> Head | None:
        try:
            return head_of(self.store, row.customer_id)
        except Refused:
            return None
