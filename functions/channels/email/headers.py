"""Headers of a mail, by Python's modern parser; one that it cannot read is read the old way by itself.

The modern parser raises on some headers (`Message-ID: <[]>` in 3.11), and inside the reading of a mail too.
So the exceptions are caught here, header by header, in a policy of our own.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.policy import EmailPolicy
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from functions.channels.email.charsets import decode

LONGEST = 16_000  # characters of a header that are looked at
LONGEST_MODERN = 2_000  # the modern parser takes the square of a header's length
MOST_ADDRESSES, MOST_IDS, MOST_OF_A_NAME = 50, 100, 10
LONGEST_ADDRESS = 254  # octets
WORD = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?="
WORDS = re.compile(rf"{WORD}(?:[ \t\r\n]+{WORD})*")
ID = re.compile(r"<([^<>\s]{1,400})>")
BARE_ID = re.compile(r"[^<>\s,;]{1,200}@[^<>\s,;]{1,200}")
BREAKS = re.compile(r"[\r\n]+[ \t]*")
ADDRESS = re.compile(r"[^\s<>@,;:\"()]{1,100}@[^\s<>@,;:\"()]{1,255}")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`address` in small letters: no host that matters tells them from large ones."""

    address: str
    name: str = ""


class Lenient(EmailPolicy):
    """As `email.policy.default`, one header at a time. Those of the parts are left as they are: the modern
    parser loses file names that say one charset and are in another.
    """

    def header_fetch_parse(self, name: str, value: str) -> Any:
        plain = _unfolded(value)
        if name.lower().startswith("content-") or len(plain) > LONGEST_MODERN:
            return plain
        try:
            header = super().header_fetch_parse(name, WORDS.sub(_in_utf8, plain))
            str(header)
        except Exception:  # whatever a strange header makes it raise, the header itself can be read
            return plain
        return header


LENIENT = Lenient()


def text(message: Message, name: str) -> str:
    """The first header of this name, decoded, on one line; "" where there is none."""
    return words(_raw(message, name))


def words(raw: str) -> str:
    """Encoded words read by our charsets. Neighbours in one charset may share a character."""
    return " ".join(WORDS.sub(lambda found: _word(found[0]), raw).split())


def mailboxes(message: Message, name: str) -> tuple[Mailbox, ...]:
    """The addresses of all headers of this name, each once."""
    found: dict[str, Mailbox] = {}
    raw = [value for known, value in message.raw_items() if known.lower() == name]
    for value in raw[:MOST_OF_A_NAME]:
        for one in _addresses(LENIENT.header_fetch_parse(name, value)):
            if len(found) < MOST_ADDRESSES:
                found.setdefault(one.address, one)
    return tuple(found.values())


def ids(message: Message, name: str) -> tuple[str, ...]:
    """The message ids of a header without their brackets; those that have none are taken too."""
    raw = _raw(message, name)
    found = ID.findall(raw) or BARE_ID.findall(raw)
    return tuple(dict.fromkeys(id for id in found if any(map(str.isalnum, id))))[-MOST_IDS:]


def moment(message: Message) -> datetime | None:
    """When the mail says it was written; None where it says nothing that can be."""
    try:
        told = parsedate_to_datetime(_raw(message, "date"))
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _raw(message: Message, name: str) -> str:
    """A header as it was written, 8-bit letters decoded, folds undone."""
    for known, value in message.raw_items():
        if known.lower() == name:
            return _unfolded(value)
    return ""


def _unfolded(value: Any) -> str:
    told = BREAKS.sub(" ", str(value)[:LONGEST])
    return told if told.isascii() else decode(told.encode("utf-8", "surrogateescape"))


def _word(run: str) -> str:
    try:
        return "".join(_piece(data, charset) for data, charset in decode_header(run))
    except Exception:  # a broken encoded word is shown as it came
        return run


def _in_utf8(run: re.Match[str]) -> str:
    """One encoded word for a run of them, which the modern parser cannot misread."""
    text = _word(run[0])
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?=" if text != run[0] else run[0]


def _piece(data: bytes | str, charset: str | None) -> str:
    return data if isinstance(data, str) else decode(data, (charset or "").partition("*")[0])


def _addresses(header: Any) -> Iterator[Mailbox]:
    modern = getattr(header, "addresses", ())
    told = [(one.display_name, one.addr_spec) for one in modern] if modern else []
    if not any(address.count("@") == 1 for _, address in told):
        told = _the_old_way(str(header))
    for name, address in told:
        found = ADDRESS.fullmatch(address.strip()) or ADDRESS.search(address)
        if found and _possible(found[0]):
            yield Mailbox(found[0].lower(), _name(name))


def _possible(address: str) -> bool:
    """Whether a server could have it: RFC 5321 has room for 254 octets. A longer one is no key of ours."""
    return address.isprintable() and len(address.lower().encode()) <= LONGEST_ADDRESS


def _name(told: str) -> str:
    """Of a name that looks like an address nothing is shown: it makes a stranger look like somebody known."""
    name = words(told)
    return "" if "@" in name else name[:200]


def _the_old_way(raw: str) -> list[tuple[str, str]]:
    """Python's older reader, then whatever looks like an address: an unclosed `<`, a bracket too many."""
    with suppress(Exception):
        read = [(name, address) for name, address in getaddresses([raw]) if address.count("@") == 1]
        if read:
            return read
    return [("", found[0]) for found in ADDRESS.finditer(raw)]
