"""SIP messages (RFC 3261), as much of them as a call over loopback takes."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

VERSION = "SIP/2.0"
WITHHELD = frozenset({"anonymous", "restricted", "unavailable"})
DIGITS = "0123456789*#"
SHORT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "l": "content-length",
    "c": "content-type",
}
PHRASES = {
    100: "Trying", 180: "Ringing", 200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
    480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 486: "Busy Here",
    487: "Request Terminated", 488: "Not Acceptable Here",
}  # fmt: skip
Headers = Sequence[tuple[str, str]]
Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sip:
    """`start` is the request line or the status line; header names are in lower case."""

    start: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    @property
    def status(self) -> int:
        """0 for a request."""
        return int(self.start.split(" ", 2)[1]) if self.start.startswith(VERSION) else 0

    @property
    def method(self) -> str:
        """Of a response, that of the request it answers."""
        return self.get("cseq").rpartition(" ")[2] if self.status else self.start.partition(" ")[0]

    @property
    def sequence(self) -> int:
        number = self.get("cseq").partition(" ")[0]
        return int(number) if number.isdecimal() else 0

    def get(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def packed(self) -> bytes:
        told = [*self.headers, ("content-length", str(len(self.body)))]
        lines = "".join(f"{_written(name)}: {value}\r\n" for name, value in told)
        return f"{self.start}\r\n{lines}\r\n".encode() + self.body

    def response(self, status: int, tag: str, more: Headers = (), body: bytes = b"") -> "Sip":
        """The answer to this request; `tag` makes ours of the To header."""
        to = self.get("to")
        to = to if ";tag=" in to or status == 100 else f"{to};tag={tag}"
        kept = [("via", via) for via in self.all("via")] + [("from", self.get("from")), ("to", to)]
        kept += [(name, self.get(name)) for name in ("call-id", "cseq")]
        return Sip(f"{VERSION} {status} {PHRASES[status]}", (*kept, *more), body)


def read(raw: bytes) -> Sip:
    """Raises ValueError for what is no SIP message."""
    head, _, body = raw.partition(b"\r\n\r\n")
    start, *lines = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8", "replace")).split("\r\n")
    if not re.fullmatch(rf"{VERSION} \d{{3}} .*|[A-Z]+ \S+ {VERSION}", start):
        raise ValueError("no SIP message")
    pairs = (line.partition(":") for line in lines if ":" in line)
    headers = tuple((_named(name), value.strip()) for name, _, value in pairs)
    return Sip(start, headers, body)


def request(method: str, uri: str, headers: Headers, body: bytes = b"") -> Sip:
    return Sip(f"{method} {uri} {VERSION}", tuple(headers), body)


def uri_of(header: str) -> str:
    """The address in a From, To or Contact header."""
    found = re.search(r"<([^>]+)>", header)
    return found[1] if found else header.partition(";")[0].strip()


def tag_of(header: str) -> str:
    found = re.search(r";tag=([^;>\s]+)", header)
    return found[1] if found else ""


def parts_of(uri: str) -> tuple[str, Address]:
    """User, and host with port (5060 where none is said). Raises ValueError."""
    found = re.match(r"sips?:(?:([^@]*)@)?([^:;?>]+)(?::(\d+))?", uri)
    if not found:
        raise ValueError("no SIP address")
    return found[1] or "", (found[2], int(found[3] or 5060))


def new_tag() -> str:
    return secrets.token_hex(8)


def new_branch() -> str:
    return f"z9hG4bK{secrets.token_hex(10)}"


def branch_of(message: Sip) -> str:
    found = re.search(r";branch=([^;,\s]+)", message.get("via"))
    return found[1] if found else ""


def caller(message: Sip) -> str:
    """A number as the network writes it, "anonymous", or the SIP address."""
    uri = uri_of(message.get("from"))
    user = parts_of(uri)[0]
    if user.lower() in WITHHELD:
        return "anonymous"
    if re.fullmatch(r"\+?\d{7,15}", user):
        return f"+{user.removeprefix('+')}"
    return uri.partition(";")[0]


def keys_of(message: Sip) -> list[str]:
    """Of application/dtmf-relay ("Signal=5"), or of application/dtmf ("5")."""
    body = message.body.decode("ascii", "replace")
    found = re.search(r"Signal\s*=\s*(\S)", body) or re.match(r"\s*(\S)", body)
    return [found[1]] if found and found[1] in DIGITS else []


def _named(name: str) -> str:
    name = name.strip().lower()
    return SHORT.get(name, name)


def _written(name: str) -> str:
    special = {"call-id": "Call-ID", "cseq": "CSeq"}
    return special.get(name) or "-".join(word.capitalize() for word in name.split("-"))
