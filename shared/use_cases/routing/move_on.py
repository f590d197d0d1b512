"""Contacts that have waited in one place for long enough: by their timer, by the minute's round, or because
the agent they wait for is gone.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from shared.domain.change import Ref
from shared.domain.channel.commands import Due
from shared.domain.routing.move_on import moved_on
from shared.domain.routing.overflow import waited_out
from shared.domain.routing.pool import Waiting, personal
from shared.domain.routing.seats import Open
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict

PAGE = 100  # rows of one queue that a round looks at; the timers have moved most of them before


def move_on(store: Store, now: Moment, due: Due) -> None:
    """A timer `alone` or `overflow`: whatever is due of the contact that it names, or nothing."""
    MoveOn(store, now).one(due.customer_id, due.case_id, due.reference)


@dataclass(frozen=True, slots=True)
class MoveOn:
    store: Store
    now: Moment

    def __call__(self, pool: str) -> None:
        """The minute's round through the queues of a pool that overflow, and those that the settings have no
        more, or in another pool. What fails for one contact is raised when the others are done.
        """
        with ExitStack() as each:
            for row in (*self._over(pool), *self._left(pool)):
                each.callback(self.one, row.customer_id, row.case_id, row.interaction_id, row=row)

    def _over(self, pool: str) -> Iterator[Waiting]:
        now = self.now()
        for queue in (one for one in now.centre.queues if one.pool == pool and one.overflow):
            rows = self.store.find(Waiting, pool, queue.name, limit=PAGE)
            yield from (row for row in rows if waited_out(row, queue, now.at))

    def _left(self, pool: str) -> Iterator[Waiting]:
        opened = self.store.get(Ref(Open, pool)) or Open(pool)
        centre = self.now().centre
        known = {one.queue for one in opened.classes if not one.queue.startswith("@")}
        names = known | {name for one in centre.queues for name in one.succeeds}
        for name in sorted(names - {one.name for one in centre.queues if one.pool == pool}):
            yield from self.store.find(Waiting, pool, name, limit=PAGE)

    def away_from(self, pool: str, agent_id: str) -> None:
        """What waited for this agent alone waits for everybody, as the agent is gone."""
        for row in self.store.find(Waiting, pool, personal(agent_id), limit=PAGE):
            self.one(row.customer_id, row.case_id, row.interaction_id, gone=True)

    def one(
        self,
        customer_id: str,
        case_id: str,
        interaction_id: str,
        row: Waiting | None = None,
        gone: bool = False,
    ) -> None:
        def once() -> None:
            now, head = self.now(), head_of(self.store, customer_id)
            case = case_of(head, case_id)
            contact = contact_of(case, interaction_id) if case else None
            change = moved_on(head, case, contact, now, row, gone) if case and contact else ()
            if change:
                self.store.commit(*change)

        retry_on_conflict(once)
