"""Every open conversation of the centre, the oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.change import Ref
from shared.domain.customer.head import Head, OpenCase
from shared.domain.desk.found import OPEN, OpenRow
from shared.domain.desk.open_view import OpenView, WhichOpen, open_view
from shared.domain.timeline.append import case_of
from shared.ports import Moment, Store
from shared.use_cases.routing.agent_names import agent_names

PAGE = 100  # heads of one batch read
MOST = 1000  # rows read for one page: a filter that fits few of them goes on with the next page


@dataclass(frozen=True, slots=True)
class OpenPage:
    """`next` is the case to ask after for more, None at the end."""

    items: tuple[OpenView, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class SeeOpen:
    """One query of the rows and three batch reads a page, however many cases are open: heads, the heads of
    those into whom they were merged, names. A row whose case the head does not know is left out.
    """

    store: Store
    now: Moment

    def __call__(self, which: WhichOpen, after: str = "") -> OpenPage:
        read = self.store.find(OpenRow, OPEN, after=after, limit=MOST)
        rows = [row for row in read if which.may_fit(row)][:PAGE]
        end = rows[-1] if len(rows) == PAGE else read[-1] if read else None
        more = end is not None and (len(read) == MOST or end.case_id != read[-1].case_id)
        items = tuple(self._views(rows, which))
        return OpenPage(items, end.case_id if end and more else None)

    def _views(self, rows: list[OpenRow], which: WhichOpen) -> Iterable[OpenView]:
        at = self.now().at
        found = list(self._found(rows))
        names = agent_names(self.store, {id for _, _, case in found for id in (case.owner, *case.stepped_in)})
        for row, head, case in found:
            view = open_view(row, head, case, names)
            if which.fits(view, head, case, at):
                yield view

    def _found(self, rows: list[OpenRow]) -> Iterable[tuple[OpenRow, Head, OpenCase]]:
        heads = self._heads({row.customer_id for row in rows})
        heads |= self._heads({head.root for head in heads.values() if head.root})
        for row in rows:
            head = heads.get(row.customer_id)
            ruling = heads.get(head.root, head) if head else None
            case = case_of(ruling, row.case_id) if ruling else None
            if ruling and case:
                yield row, ruling, case

    def _heads(self, ids: set[str]) -> dict[str, Head]:
        wanted = sorted(id for id in ids if id)
        rows = self.store.get_all(*(Ref(Head, id) for id in wanted)) if wanted else ()
        return {row.customer_id: row for row in rows if row}
