"""Finds customers and cases by what somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.domain.customer.kept import Case
from shared.domain.desk.find_fits import fits
from shared.domain.desk.find_keys import CASE, goes_on, kind_of, stands_behind
from shared.domain.desk.find_query import Look, looks
from shared.domain.desk.find_view import Cursor, FoundItem, FoundPage, case_item, customer_item
from shared.domain.desk.found import FindRow
from shared.ports import Settings, Store

PAGE, CASES = 20, 5
REQUESTS = 2
MOST_READ = 90  # rows of a page of which some are left out: 3 read units at some 250 bytes each


@dataclass(frozen=True, slots=True)
class Find:
    """A page costs two requests and 90 rows at most, read as they were a moment ago, however many customers
    there are. Customers are shown as their rows have them, which follow within seconds; a case is read.
    """

    store: Store
    settings: Settings

    def __call__(self, text: str, cursor: str = "") -> FoundPage:
        """A page may have fewer items than there is room for, and go on all the same.

        Raises Refused `find_too_short`, Malformed.
        """
        centre = self.settings.centre()
        plan = looks(text, centre.phone_region, centre.tags, bool(centre.fields))
        at, items, asked, read = Cursor.read(cursor), dict[tuple[str, str], FoundItem](), 0, 0
        while at.look < len(plan) and asked < REQUESTS and read < MOST_READ and len(items) < PAGE:
            look, room = plan[at.look], PAGE - len(items)
            limit = min(_most(look, room), MOST_READ - read)
            rows = self._rows(look, at.after, limit)
            taken = _taken(rows, look, room)
            asked, read = asked + 1, read + len(rows)
            hits = [row for row in taken if _hit(row, look)]
            if hits and kind_of(look.key.what) == CASE:
                found, asked = self._cases(hits), asked + 1
            else:
                found = [customer_item(row) for row in hits]
            for one in found:
                items.setdefault((one.customer_id, one.case_id), one)
            over = len(rows) < limit and len(taken) == len(rows)
            at = at.next_look() if over else at.behind(look.key, taken[-1])
        return FoundPage(tuple(items.values()), str(at) if at.look < len(plan) else None)

    def _rows(self, look: Look, after: str, limit: int) -> Sequence[FindRow]:
        under = (look.key.what,) if stands_behind(look.key) else (look.key.what, look.key.rest)
        return self.store.find(FindRow, *under, after=after, limit=limit, strong=False)

    def _cases(self, hits: Sequence[FindRow]) -> list[FoundItem]:
        refs = [ref for row in hits for ref in _of_case(row)]
        stored = self.store.get_all(*refs, strong=False)
        pairs = zip(hits, stored[::2], stored[1::2], strict=True)
        return [case_item(row, case, one.name if one else "") for row, case, one in pairs if case]


def _of_case(row: FindRow) -> tuple[Ref[Case], Ref[Profile]]:
    return Ref(Case, row.customer_id, row.case_id), Ref(Profile, row.customer_id)


def _most(look: Look, room: int) -> int:
    """Where rows are left out, more of them are read."""
    if kind_of(look.key.what) == CASE:
        return CASES
    picky = look.wishes or (look.key.rest and stands_behind(look.key))
    return MOST_READ if picky else room


def _hit(row: FindRow, look: Look) -> bool:
    return goes_on(row, look.key) and all(fits(row, wish) for wish in look.wishes)


def _taken(rows: Sequence[FindRow], look: Look, room: int) -> Sequence[FindRow]:
    """The rows as far as there is room for what they show."""
    for n, row in enumerate(rows):
        room -= _hit(row, look)
        if not room:
            return rows[: n + 1]
    return rows
