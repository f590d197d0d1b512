"""Our dataclasses as JSON text and back. msgspec lives here alone."""

from functools import cache
from typing import Any, TypeVar, overload

import msgspec

from shared.domain.errors import Malformed, TryAgain

T = TypeVar("T")
_encoder = msgspec.json.Encoder()


def encode(value: object) -> str:
    """Compact JSON. Raises Malformed for what JSON cannot carry (a lone surrogate, NaN is null)."""
    try:
        return _encoder.encode(value).decode()
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise Malformed("cannot be written as JSON") from error


@overload
def decode(text: str | bytes, kind: type[T]) -> T: ...
@overload
def decode(text: str | bytes, kind: Any) -> Any: ...
def decode(text: str | bytes, kind: Any) -> Any:
    """The value in the text. Fields that a newer version added are left out, older ones get their default.

    A reader takes its own version (the default of the field `v`) and the one before. Raises Malformed;
    for a version that is still to come TryAgain: the deployment is under way, and soon the new code reads it.
    """
    try:
        value = _decoder(kind).decode(text)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise Malformed(f"not a {_name(kind)}") from error
    _check_version(value, kind)
    return value


def convert(value: object, kind: type[T]) -> T:
    """The same from dictionaries and lists that are decoded already."""
    try:
        made = msgspec.convert(value, kind)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise Malformed(f"not a {_name(kind)}") from error
    _check_version(made, kind)
    return made


def plain(value: object) -> Any:
    """The value as dictionaries, lists and strings, the way `encode` writes it."""
    return msgspec.to_builtins(value)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _check_version(value: object, kind: Any) -> None:
    known = getattr(kind, "__dataclass_fields__", {}).get("v")
    if known is None:
        return
    version = getattr(value, "v", known.default)
    if version > known.default:
        raise TryAgain(f"version {version} of {_name(kind)} is newer than this code")
    if version < known.default - 1 or version < 1:
        raise Malformed(f"version {version} of {_name(kind)} is too old")


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))
