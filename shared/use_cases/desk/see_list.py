"""The lists of the desk: who waits, what is open, snoozed, followed, and where somebody is mentioned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.customer.snooze import Sleeper
from shared.domain.desk.card import customer_name
from shared.domain.desk.found import OPEN as OPEN_CASES
from shared.domain.desk.found import OpenRow
from shared.domain.desk.inbox import Follow, Notice
from shared.domain.desk.list_view import ListItem, ListPage, list_item
from shared.domain.desk.lists import (
    AGE,
    BY_HEADS,
    FOLLOWED,
    LISTS,
    NEWEST,
    OPEN,
    SERVED,
    SNOOZED,
    WAITING,
    Row,
    Seen,
    Which,
    behind,
    fits,
    in_order,
    key_of,
    may_fit,
    mentions,
    open_row,
    seen_of,
    waiting_rows,
)
from shared.domain.desk.reader import Reader
from shared.domain.errors import Refused
from shared.domain.routing.pool import Waiting, personal
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Entry
from shared.ports import AtOnce, Moment, Store
from shared.use_cases.at_once import one_after_another

MOST = 2000  # rows of a list that are looked at
PAGE = 20
CHECKED = 100  # heads of one batch read
TOLD = 100  # notices
LINES = 3  # of each customer: the last word is among them, also behind an offer that came to nothing


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks. `pools` are those whose queues they see."""

    id: str
    pools: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class SeeList:
    """Three requests a page, however long the list is: its rows, the heads that rule, what is shown of those.
    Who waits in all queues costs a query for each queue in the place of the first.
    """

    store: Store
    now: Moment
    at_once: AtOnce = one_after_another

    def __call__(self, name: str, asker: Asker, which: Which) -> ListPage:
        """Refused `no_list` (404)."""
        if name not in LISTS:
            raise Refused("no_list", status=404)
        found = self._rows(name, asker, which)
        rows = in_order([row for row in found if may_fit(row, which)], which.sort)
        left = behind(rows, which)
        seen = self._checked(left[:CHECKED])
        right = [one for one in seen if fits(name, one, which, asker.id)]
        if which.sort in BY_HEADS:
            right = sorted(right, key=lambda one: key_of(one, which.sort))
            right = [one for one in right if key_of(one, which.sort) > which.cursor]
        page = right[:PAGE]
        items = self._items(name, asker, page, which)
        among = CHECKED if which.sort in BY_HEADS and len(rows) > CHECKED else None
        after = self._next(which, page, right, seen, left)
        return ListPage(items, after, len(rows), len(found) >= MOST, among)

    def _next(
        self, which: Which, page: list[Seen], right: list[Seen], seen: list[Seen], left: list[Row]
    ) -> str | None:
        """What the next page begins behind; None where this is the last."""
        if len(right) > len(page):
            return key_of(page[-1], which.sort)
        unseen = len(left) > len(seen) and which.sort not in BY_HEADS
        return key_of(seen[-1], which.sort) if unseen else None

    def _rows(self, name: str, asker: Asker, which: Which) -> list[Row]:
        if name == WAITING:
            return self._waiting(asker, which)
        if name == OPEN:
            turned = which.sort == NEWEST
            after = which.cursor.rpartition("~")[2] if which.sort in (SERVED, AGE) else ""
            found = self.store.find(OpenRow, OPEN_CASES, after=after, limit=MOST, newest_first=turned)
            return [open_row(row) for row in found]
        if name == SNOOZED:
            rows = self.store.find(Sleeper, asker.id, limit=MOST)
            return [Row(r.case_id, r.customer_id, f"{r.until.isoformat()} {r.case_id}") for r in rows]
        if name == FOLLOWED:
            followed = self.store.find(Follow, asker.id, limit=MOST)
            return [Row(row.case_id, row.customer_id, row.case_id) for row in followed]
        return mentions(self.store.find(Notice, asker.id, limit=TOLD, newest_first=True))

    def _waiting(self, asker: Asker, which: Which) -> list[Row]:
        """In the queues of their pools, and what waits for them alone."""
        queues = self.now().centre.queues
        asked = [(q.pool, q.name) for q in queues if q.pool in asker.pools and which.queue in ("", q.name)]
        mine = [(pool, personal(asker.id)) for pool in asker.pools] if not which.queue else []
        found = self.at_once(lambda where: self._of(*where), [*asked, *mine])
        return [row for rows in found for row in rows]

    def _of(self, pool: str, queue: str) -> list[Row]:
        return waiting_rows(self.store.find(Waiting, pool, queue, limit=MOST))

    def _checked(self, rows: Sequence[Row]) -> list[Seen]:
        ids = list(dict.fromkeys(row.customer_id for row in rows))
        heads = dict(zip(ids, self._all(Ref(Head, id) for id in ids), strict=True))
        return [seen_of(row, heads[row.customer_id]) for row in rows]

    def _items(self, name: str, asker: Asker, page: list[Seen], which: Which) -> tuple[ListItem, ...]:
        """One batch: roots of who was merged, names, the stored cases, the last lines."""
        asked = [*(ref for one in page for ref in _wanted(one)), *(ref for one in page for ref in _last(one))]
        rows = self._all(list(dict.fromkeys(asked))[:CHECKED])
        roots = {row.customer_id: row for row in rows if isinstance(row, Head)}
        kept = {row.id: row for row in rows if isinstance(row, Case)}
        names = {row.id: row.name for row in rows if isinstance(row, Agent)}
        profiles = [row for row in rows if isinstance(row, Profile)]
        lines = sorted((row for row in rows if isinstance(row, Entry)), key=lambda e: e.seq, reverse=True)
        reader = Reader(asker.language, self.now())
        ruled = [_ruled(one, roots) for one in page]
        shown = [one for one in ruled if fits(name, one, which, asker.id)]
        return tuple(
            list_item(one, _name(one, profiles, reader), kept.get(one.row.case_id), lines, names)
            for one in shown
            if not which.tag or which.tag in _tags(kept.get(one.row.case_id), one.row)
        )

    def _all(self, refs: Any) -> tuple[Any, ...]:
        asked = tuple(refs)
        return self.store.get_all(*asked) if asked else ()


def _wanted(one: Seen) -> list[Ref[Any]]:
    head, case, row = one.head, one.case, one.row
    refs: list[Ref[Any]] = [Ref(Profile, row.customer_id), Ref(Case, row.customer_id, row.case_id)]
    refs += [Ref(Head, head.root)] if head and head.root else []
    refs += [Ref(Agent, case.agent)] if case and case.agent else []
    refs += [Ref(Agent, row.notice.by)] if row.notice else []
    return refs


def _last(one: Seen) -> list[Ref[Any]]:
    """The last lines, which come behind all else: what is more than a batch read takes is left out."""
    version = 0 if one.head is None or one.merged else one.head.version
    last = range(version, max(0, version - LINES), -1)
    return [Ref(Entry, one.row.customer_id, seq) for seq in last]


def _ruled(one: Seen, roots: dict[str, Head]) -> Seen:
    return seen_of(one.row, roots.get(one.head.root)) if one.head and one.head.root else one


def _name(one: Seen, profiles: list[Profile], reader: Reader) -> str:
    if one.head is None:
        return one.row.name
    mine = [p for p in profiles if p.customer_id in (one.row.customer_id, one.head.customer_id)]
    return customer_name(one.head, mine, reader) or one.row.name


def _tags(kept: Case | None, row: Row) -> tuple[str, ...]:
    return kept.tags if kept else row.tags or ()
