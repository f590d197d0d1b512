"""Nested values without their field names: the head has to stay under 1 KB, the unit it is billed by.

A dataclass becomes the list of its values in the order of its fields (trailing defaults left out),
an address its text, a moment its milliseconds since 1970. New fields go to the end, with a default.
How a type is packed is worked out once: this runs several times for every message.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from shared.domain.address.address import Address, parse_address

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
Turn = Callable[[Any], Any]


def pack(value: Any) -> Any:
    kind: Any = type(value)
    turn: Turn = _packer(kind)
    return turn(value)


def unpack(packed: Any, kind: Any) -> Any:
    """The value of this type. Raises ValueError, TypeError or KeyError on what is not one."""
    return None if packed is None else _unpacker(kind)(packed)


@cache
def _packer(kind: Any) -> Turn:
    if kind is Address:
        return str
    if kind is datetime:
        return lambda moment: (moment - EPOCH) // MILLISECOND
    if is_dataclass(kind):
        return _dataclass_packer(kind)
    if kind is tuple:
        return lambda parts: [pack(part) for part in parts]
    return dict if issubclass(kind, Mapping) else _same


def _dataclass_packer(kind: Any) -> Turn:
    described = [(f.name, f.default if f.default is not MISSING else MISSING) for f in fields(kind)]

    def packer(value: Any) -> list[Any]:
        told = [getattr(value, name) for name, _ in described]
        while told and told[-1] == described[len(told) - 1][1]:
            told.pop()
        return [pack(part) for part in told]

    return packer


@cache
def _unpacker(kind: Any) -> Turn:
    if get_origin(kind) is tuple:
        each = get_args(kind)[0]
        return lambda parts: tuple(unpack(part, each) for part in parts)
    kind = plain(kind)
    if kind is Address:
        return parse_address
    if kind is datetime:
        return lambda since: EPOCH + since * MILLISECOND
    if is_dataclass(kind):
        return _dataclass_unpacker(kind)
    return kind if isinstance(kind, type) and issubclass(kind, str) and kind is not str else _same


def _dataclass_unpacker(kind: Any) -> Turn:
    turns = [_unpacker(hint) for hint in get_type_hints(kind).values()]

    def unpacker(parts: Any) -> Any:
        return kind(*(None if p is None else turn(p) for p, turn in zip(parts, turns, strict=False)))

    return unpacker


def plain(hint: Any) -> Any:
    """The type behind an optional one, or the type itself."""
    options = [option for option in get_args(hint) if option is not type(None)]
    return options[0] if type(None) in get_args(hint) and len(options) == 1 else hint


def _same(value: Any) -> Any:
    return value
