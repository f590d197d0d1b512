"""Keeps the rows that a customer and their open cases are found by as the table has them now.

Facts only say whom to look at: twice, late or out of order, what is written is what is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.centre import Centre
from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.customer.evidence import Link, Profile
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.desk.card import customer_name
from shared.domain.desk.find_rows import MOST_ADDRESSES, case_row, known
from shared.domain.desk.found import OPEN, FoundKeys, OpenRow
from shared.domain.desk.open_rows import closed_row, open_rows
from shared.domain.desk.reader import Reader
from shared.domain.errors import Conflict
from shared.domain.ids import case_number
from shared.domain.timeline.bus_facts import Fact
from shared.ports import Moment, Store
from shared.use_cases.desk.write_found import WriteFound
from shared.use_cases.retry_on_conflict import retry_on_conflict

MOST_CASES = 80  # newest cases of a customer that a rebuild looks at: all are read in one batch
FINDABLE = frozenset({"text", "number"})  # kinds of fields whose values are searched


@dataclass(frozen=True, slots=True)
class Touched:
    """What facts say of a customer: the cases they name, and those that were opened under this member."""

    customer_id: str
    cases: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What is stored of a customer and their members."""

    head: Head
    profiles: list[Profile]
    links: list[Link]
    found: list[FoundKeys]
    kept: dict[str, Case]
    listed: dict[str, OpenRow]


@dataclass(frozen=True, slots=True)
class KeepFound:
    """For each customer the head, a query for each member and a batch; written is only what changed. Where
    that was a row of an open case, the head is read again: two runs at once end with what it says.
    """

    store: Store
    now: Moment

    def __call__(self, facts: Sequence[Fact]) -> int:
        """How many customers were looked at. Raises TryAgain, whereupon all of it may be done again."""
        touched = touched_by(facts)
        for one in touched:
            self.keep(one)
        return len(touched)

    def anew(self, customer_id: str) -> None:
        """Of whoever has this id all there may be, also the rows of their cases' numbers."""
        cases = tuple(
            case.id for case in self.store.find(Case, customer_id, limit=MOST_CASES, newest_first=True)
        )
        self.keep(Touched(customer_id, cases, cases))

    def keep(self, touched: Touched) -> None:
        strays: set[str] = set()
        retry_on_conflict(lambda: self._keep(touched, strays))

    def _keep(self, touched: Touched, strays: set[str]) -> None:
        now, read = self.now(), self._read(touched)
        if read is None:
            WriteFound(self.store).nothing(touched.customer_id)
            self._list({}, {case: closed_row(case) for case in touched.cases})
            return
        who = known(read.head, read.profiles, read.links, _findable(now.centre))
        for case_id in touched.opened:
            row = case_row(case_id, case_number(case_id), _member(read.head, case_id, touched), who.name)
            self.store.commit(Put(row, over=ANY))
        shown = customer_name(read.head, read.profiles, Reader(now.centre.languages[0], now))
        listed = self._list(open_rows(read.head, read.kept, shown), read.listed)
        WriteFound(self.store)(who, now.centre.phone_region, read.found, strays)
        if listed and self.store.get(Ref(Head, read.head.customer_id)) != read.head:
            raise Conflict  # a faster run may have written newer rows, over which this one has written

    def _read(self, touched: Touched) -> Read | None:
        head = self.store.get(Ref(Head, touched.customer_id))
        if head and head.root:
            head = self.store.get(Ref(Head, head.root))
        if head is None:
            return None
        members = (head.customer_id, *head.members)
        links = [link for m in members for link in self.store.find(Link, m, limit=2 * MOST_ADDRESSES)]
        going = {case.id: Ref(Case, case.member, case.id) for case in head.cases}
        listed = dict.fromkeys((*going, *touched.cases, *([head.closed.id] if head.closed else [])))
        rows = self.store.get_all(
            *(Ref(kind, m) for kind in (Profile, FoundKeys) for m in members),
            *going.values(),
            *(Ref(OpenRow, OPEN, case_id) for case_id in listed),
        )
        return Read(
            head,
            [row for row in rows if isinstance(row, Profile)],
            links,
            [row for row in rows if isinstance(row, FoundKeys)],
            {row.id: row for row in rows if isinstance(row, Case)},
            {row.case_id: row for row in rows if isinstance(row, OpenRow)},
        )

    def _list(self, wanted: dict[str, OpenRow], listed: dict[str, OpenRow]) -> int:
        """The rows of open cases that are not right yet, and those of cases that are over; how many."""
        wrong = [row for case_id, row in wanted.items() if listed.get(case_id) != row]
        over = listed.keys() - wanted.keys()
        for row in wrong:
            self.store.commit(Put(row, over=ANY))
        for case_id in over:
            self.store.commit(Delete(closed_row(case_id)))
        return len(wrong) + len(over)


def touched_by(facts: Sequence[Fact]) -> list[Touched]:
    """Each customer once. A case that came back has its row by number already."""
    cases: dict[str, dict[str, bool]] = {}
    for fact in facts:
        named = cases.setdefault(fact.customer_id, {})
        if fact.case_id:
            new = fact.name == "CaseOpened" and not fact.data.get("reopened")
            named[fact.case_id] = named.get(fact.case_id, False) or new
    return [
        Touched(customer_id, tuple(named), tuple(case for case, new in named.items() if new))
        for customer_id, named in cases.items()
    ]


def _member(head: Head, case_id: str, touched: Touched) -> str:
    """Under whom a case lies: the head knows while it is open, else the member it was opened under."""
    return next((case.member for case in head.cases if case.id == case_id), touched.customer_id)


def _findable(centre: Centre) -> frozenset[str]:
    return frozenset(field.code for field in centre.fields if field.kind in FINDABLE)
