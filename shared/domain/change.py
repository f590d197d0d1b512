"""What a decision wants written: a transaction as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")


class Over(Enum):
    """What a write expects to find. A number instead means: the stored item has this version."""

    ABSENT = "absent"
    PRESENT = "present"
    ANY = "any"


ABSENT, PRESENT, ANY = Over.ABSENT, Over.PRESENT, Over.ANY


@dataclass(frozen=True, slots=True, init=False)
class Ref(Generic[T]):
    """Names one item: its type and the values of its key fields, in the order of the table's layout."""

    kind: type[T]
    by: tuple[object, ...]

    def __init__(self, kind: type[T], *by: object) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "by", by)


@dataclass(frozen=True, slots=True)
class Put:
    item: object
    over: Over | int = ABSENT


@dataclass(frozen=True, slots=True)
class Delete:
    item: object
    over: Over = ANY


@dataclass(frozen=True, slots=True)
class Add:
    """Adds to the numbers of an item, which begins at nothing."""

    item: object
    amounts: Mapping[str, int]


Write = Put | Delete | Add
Change = tuple[Write, ...]
