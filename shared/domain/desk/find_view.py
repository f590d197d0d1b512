"""What a search shows, and where it goes on."""

from dataclasses import dataclass

from shared.domain.customer.kept import Case
from shared.domain.desk.find_keys import FindKey, month_of, stands_behind
from shared.domain.desk.found import FindRow
from shared.domain.errors import Malformed
from shared.domain.times import iso

LONGEST = 300  # characters of a cursor
HIGHEST = "\uffff"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A customer or a case. `last_at` is the month of a customer's newest contact (2026-11), or the moment a
    case was closed, else opened. `tags` are codes.
    """

    kind: str
    customer_id: str
    case_id: str
    name: str
    shown: str
    number: str
    state: str
    last_at: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPage:
    """`next` is where to go on, None at the end."""

    items: tuple[FoundItem, ...]
    next: str | None


def customer_item(row: FindRow) -> FoundItem:
    told = (row.name, row.shown, "", "", month_of(row), row.tags)
    return FoundItem("customer", row.customer_id, "", *told)


def case_item(row: FindRow, case: Case, name: str) -> FoundItem:
    state, at = ("closed", case.closed_at) if case.closed_at else ("open", case.opened_at)
    told = (name or row.name, row.shown, case.number, state, iso(at), case.tags)
    return FoundItem("case", case.customer_id, case.id, *told)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The query of a search that goes on, and the part of the key behind which it does."""

    look: int = 0
    after: str = ""

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Raises Malformed."""
        look, _, after = (text or "0.").partition(".")
        odd = not after.isprintable() or any(c >= HIGHEST for c in after)
        if odd or len(text) > LONGEST or not (look.isascii() and look.isdecimal() and len(look) < 3):
            raise Malformed("not a cursor of ours")
        return cls(int(look), after)

    def __str__(self) -> str:
        return f"{self.look}.{self.after}"

    def behind(self, key: FindKey, row: FindRow) -> "Cursor":
        return Cursor(self.look, row.rest if stands_behind(key) else row.rest[len(key.rest) :])

    def next_look(self) -> "Cursor":
        return Cursor(self.look + 1)
