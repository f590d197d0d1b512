"""How the fields of a domain type lie in an item of the table: each under its own name."""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from pynamodb.attributes import (
    Attribute,
    BooleanAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
)
from pynamodb.constants import STRING

from shared.adapters import codec
from shared.adapters.packing import pack, plain, unpack
from shared.domain.routing.seats import Seat
from shared.domain.times import from_iso, iso


class Moment(Attribute[datetime]):
    """ISO 8601 in UTC with milliseconds and Z."""

    attr_type = STRING

    def serialize(self, value: Any) -> str:
        return iso(value)

    def deserialize(self, value: Any) -> datetime:
        return from_iso(value)


class Nested(Attribute[Any]):
    """A value of values, as packed JSON text (see shared.adapters.packing)."""

    attr_type = STRING

    def __init__(self, of: Any, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.of = of

    def serialize(self, value: Any) -> str:
        return codec.encode(pack(value))

    def deserialize(self, value: Any) -> Any:
        return unpack(codec.decode(value, Any), self.of)


@dataclass(frozen=True, slots=True)
class Column:
    """A field as it is stored: under its own name, left out at its default to save bytes."""

    name: str
    default: Any
    attribute: Attribute[Any]
    type: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _columns(kind: Any) -> tuple[Column, ...]:
    """How the fields of a domain type are stored. The seats of a bench are an attribute each (benches.py)."""
    hints = get_type_hints(kind)
    columned = (field for field in fields(kind) if hints[field.name] != tuple[Seat, ...])
    return tuple(_column(field, plain(hints[field.name])) for field in columned)


columns: Callable[[Any], tuple[Column, ...]] = cache(_columns)


def _column(field: Field[Any], hint: Any) -> Column:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    attribute = _attribute(field.name, hint)
    word = isinstance(hint, type) and issubclass(hint, StrEnum)
    write, read = (str, hint) if word else (attribute.serialize, attribute.deserialize)
    return Column(field.name, default, attribute, attribute.attr_type, write, read)


def _attribute(name: str, hint: Any) -> Attribute[Any]:
    if name == "expires_at":
        return TTLAttribute(attr_name=name)
    if isinstance(hint, type) and issubclass(hint, str):
        return UnicodeAttribute(attr_name=name)
    plainly = {bool: BooleanAttribute, int: NumberAttribute, datetime: Moment}
    return plainly[hint](attr_name=name) if hint in plainly else Nested(hint, attr_name=name)
