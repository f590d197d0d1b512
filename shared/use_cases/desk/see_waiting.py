"""Who waits in a queue, in the order they are served."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.desk.waiting_view import WaitingPage, Which, waiting_view
from shared.domain.errors import Refused
from shared.domain.routing.pool import Waiting
from shared.ports import Moment, Store

PAGE = 100
MOST = 2000  # rows of a queue that are looked at: past them a list of single contacts helps nobody


@dataclass(frozen=True, slots=True)
class SeeWaiting:
    store: Store
    now: Moment

    def __call__(self, queue: str, which: Which, after: int = 0) -> WaitingPage:
        """The page behind this place of the list."""
        at, rows = self.now().at, self.rows(queue)
        found = [(n, row) for n, row in enumerate(rows, start=1) if which.fits(row, at)]
        page = found[after : after + PAGE]
        more = after + PAGE if len(found) > after + PAGE else None
        return WaitingPage(tuple(waiting_view(n, row) for n, row in page), more, len(found), MOST)

    def rows(self, queue: str) -> Sequence[Waiting]:
        """Refused `no_queue` (422) for a queue that the settings do not have."""
        queues = self.now().centre.queues
        found = next((one for one in queues if one.name == queue), None)
        if found is None:
            raise Refused("no_queue", status=422, told={"queues": ", ".join(one.name for one in queues)})
        rows = self.store.find(Waiting, found.pool, found.name, limit=MOST)
        return sorted(rows, key=lambda row: (row.rank, row.interaction_id))
