"""Nested values without their field names: the head has to stay under 1 KB, the unit it is billed by.

A dataclass becomes the list of its values in the order of its fields (trailing defaults left out),
an address its text, a moment its milliseconds since 1970. New fields go to the end, with a default.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from shared.domain.address import Address, parse_address

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def pack(value: Any) -> Any:
    if isinstance(value, Address):
        return str(value)
    if isinstance(value, datetime):
        return (value - EPOCH) // timedelta(milliseconds=1)
    if is_dataclass(value):
        told = [(getattr(value, f.name), f) for f in fields(value)]
        while told and told[-1][0] == _default(told[-1][1]):
            told.pop()
        return [pack(part) for part, _ in told]
    if isinstance(value, tuple):
        return [pack(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def unpack(packed: Any, kind: Any) -> Any:
    """The value of this type. Raises ValueError, TypeError or KeyError on what is not one."""
    if packed is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(unpack(part, get_args(kind)[0]) for part in packed)
    kind = _plain(kind)
    if kind is Address:
        return parse_address(packed)
    if kind is datetime:
        return EPOCH + timedelta(milliseconds=packed)
    if is_dataclass(kind):
        return kind(*(unpack(part, hint) for part, hint in zip(packed, _hints(kind), strict=False)))
    return kind(packed) if isinstance(kind, type) and issubclass(kind, str) else packed


def _plain(hint: Any) -> Any:
    options = [option for option in get_args(hint) if option is not type(None)]
    return options[0] if type(None) in get_args(hint) and len(options) == 1 else hint


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    return tuple(get_type_hints(kind).values())


def _default(field: "Field[Any]") -> Any:
    return field.default if field.default is not MISSING else _NOTHING


_NOTHING = object()
