"""A form as a provider sent it: application/x-www-form-urlencoded, byte for byte."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from shared.domain.channel.request import Request
from shared.domain.errors import Malformed

MOST_FIELDS = 500

Pairs = list[tuple[str, str]]


def form(request: Request) -> Pairs:
    """The fields as they were sent, in order. Bytes that are not UTF-8 become U+FFFD: the customer's
    message with a hole in it is worth more than none. Raises Malformed for what is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Malformed("not a form")
    try:
        return [(_text(name), _text(value)) for name, value in as_sent(request.body)]
    except ValueError as error:
        raise Malformed("too many fields") from error


@lru_cache(maxsize=1)
def as_sent(body: bytes) -> tuple[tuple[str, str], ...]:
    """The form's fields, each byte as one character (Latin-1), whether it is valid UTF-8 or not: what is
    signed is what was sent. Proof and cut ask one after the other for the same body.
    """
    text = body.decode("latin-1").replace("+", " ")
    if text.count("&") >= MOST_FIELDS:
        raise ValueError("too many fields")
    fields = (field.partition("=") for field in text.split("&") if field)
    return tuple((_unescaped(name), _unescaped(value)) for name, _, value in fields)


def _unescaped(text: str) -> str:
    """In C and at once, as Python's own escapes: byte by byte a Hangul text takes ten times as long."""
    escaped = text.encode("latin-1").replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    try:
        return escaped.decode("unicode_escape")
    except UnicodeDecodeError:  # a lone %
        return unquote(text, "latin-1")


def _text(sent: str) -> str:
    return sent if sent.isascii() else sent.encode("latin-1").decode("utf-8", "replace")


def first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Fields by name; of a repeated one the first counts."""
    return dict(reversed(list(pairs)))
