"""What supervisors were told of as a whole, and until when each of them has looked at it."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.change import ABSENT, Put, Ref
from shared.domain.desk.inbox import SUPERVISORS, DeskOf, Notice
from shared.domain.ids import case_number
from shared.domain.times import iso
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.agent_names import agent_names

MOST = 50


@dataclass(frozen=True, slots=True)
class NoticeView:
    """`what` is a word of desk/inbox.py; `by` calls who did it by name."""

    id: str
    what: str
    at: str
    customer_id: str
    case_id: str
    number: str
    by: str
    seen: bool


@dataclass(frozen=True, slots=True)
class SeeNotices:
    store: Store
    now: Moment

    def __call__(self, reader: str) -> tuple[NoticeView, ...]:
        """The newest first, at most 50: one query, the reader's own mark, one batch for the names."""
        found = self.store.find(Notice, SUPERVISORS, limit=MOST, newest_first=True)
        desk = self.store.get(Ref(DeskOf, reader))
        names = agent_names(self.store, {one.by for one in found})
        seen_at = desk.seen_at if desk else None
        return tuple(_view(one, names.get(one.by, ""), seen_at) for one in found)

    def seen(self, reader: str) -> None:
        """All until now."""

        def once() -> None:
            desk, at = self.store.get(Ref(DeskOf, reader)), self.now().at
            if desk is None:
                self.store.commit(Put(DeskOf(reader, seen_at=at), over=ABSENT))
            elif desk.seen_at is None or desk.seen_at < at:
                later = replace(desk, seen_at=at, version=desk.version + 1)
                self.store.commit(Put(later, over=desk.version))

        retry_on_conflict(once)


def _view(one: Notice, by: str, seen_at: datetime | None) -> NoticeView:
    seen = seen_at is not None and one.at <= seen_at
    where = (one.customer_id, one.case_id, case_number(one.case_id))
    return NoticeView(one.id, one.what, iso(one.at), *where, by, seen)
