"""Two changes, the second decided upon what the first would have written, as one transaction."""

from collections.abc import Iterator
from typing import TypeVar

from shared.domain.change import ABSENT, Change, Delete, Put, Ref, Write
from shared.domain.customer.call import Call, CallOf
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent

T = TypeVar("T")
# By what two writes are known to be about one item. All others are written once in a change.
NAMED_BY: dict[type, tuple[str, ...]] = {
    Head: ("customer_id",),
    Case: ("customer_id", "id"),
    Interaction: ("customer_id", "case_id", "id"),
    Call: ("customer_id", "interaction_id"),
    CallOf: ("channel", "sid"),
    AddressOwner: ("address",),
    Agent: ("id",),
    Waiting: ("pool", "queue", "klass", "rank", "interaction_id"),
}


def together(first: Change, second: Change) -> Change:
    """Each item is written once: as the second has it, over what the first expected to find. What the first
    writes and the second takes away again is not written at all.
    """
    later = {name: write for write in second if (name := _name(write.item))}
    before = {name: write for write in first if (name := _name(write.item))}
    kept = (write for write in first if _name(write.item) not in later)
    return (*kept, *_merged(second, before))


def found_in(change: Change, ref: Ref[T]) -> T | None:
    """The item as the change leaves it; None where the change does not write it."""
    name = (ref.kind, *ref.by)
    items = (w.item for w in change if isinstance(w, Put) and _name(w.item) == name)
    return next((item for item in items if isinstance(item, ref.kind)), None)


def _merged(second: Change, before: dict[tuple[object, ...], Write]) -> Iterator[Write]:
    for write in second:
        name = _name(write.item)
        first = before.get(name) if name else None
        if not isinstance(first, Put):
            yield write
        elif isinstance(write, Put):
            yield Put(write.item, over=first.over)
        elif first.over is not ABSENT:
            yield Delete(write.item)


def _name(item: object) -> tuple[object, ...]:
    """() for what is named by nothing else than itself."""
    names = NAMED_BY.get(type(item))
    return (type(item), *(getattr(item, name) for name in names)) if names else ()
