"""The parts of a mail: what is its text, what is its HTML, what are files.

The walk ends at limits: a mail can hold mails without end. Names of files are read by rules of our own, as
senders write them in all ways RFC 2231 and RFC 2047 forbid.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.policy import compat32
from itertools import islice
from urllib.parse import unquote_to_bytes

from functions.channels.email import flowed, headers
from functions.channels.email.charsets import decode
from shared.domain.file_name import file_name

MOST_PARTS, DEEPEST = 200, 20
LONGEST_TEXT = 500_000  # bytes of a text that are read; the rest is in the mail itself
LONGEST_SUBJECT = 80  # of a mail in the mail, whose name it is
PARAMETER = re.compile(r';\s*([!-:<>-~]{1,60}?)\s*=\s*("(?:[^"\\]|\\.)*+"|[^;]*+)')
TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")  # RFC 6838
PIECE = re.compile(r"(.+?)(?:\*(\d{1,2}))?(\*)?")


@dataclass(frozen=True, slots=True)
class File:
    """`content_id` is how the HTML calls a picture (cid:). `holds` are the names of what lies in it."""

    name: str
    type: str
    data: bytes = field(repr=False, default=b"")
    content_id: str = ""
    holds: tuple[str, ...] = ()


@dataclass(slots=True)
class Body:
    """What a mail holds, collected in the order it stands there."""

    text: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def body(message: Message) -> Body:
    """Everything up to the limits; `problems` says which one was reached."""
    found = Body()
    for part in islice(_leaves(message, found, 0), MOST_PARTS):
        _take(part, found)
    if len(found.text) + len(found.html) + len(found.files) >= MOST_PARTS:
        found.problems.append("too_many_parts")
    return found


def _leaves(message: Message, found: Body, depth: int) -> Iterator[Message]:
    """Parts that hold no others. A mail in the mail is a file; of alternatives each kind counts once."""
    if not message.is_multipart() or message.get_content_maintype() == "message":
        yield message
    elif depth >= DEEPEST:
        found.problems.append("too_deep")
    else:
        for part in _inner(message):
            yield from _leaves(part, found, depth + 1)


def _take(part: Message, found: Body) -> None:
    kind, name = _type(part), name_of(part)
    if part.get_content_maintype() == "multipart":  # one without its boundary: what is in it is shown as text
        kind = "text/plain"
        found.problems.append("broken_parts")
    attached = _value(part, "content-disposition").strip().lower() == "attachment" or bool(name)
    if attached or kind not in ("text/plain", "text/html"):
        found.files.append(_file(part, kind, name, len(found.files) + 1))
        if part.get_payload() and not found.files[-1].data:
            found.problems.append("file_unreadable")
        return
    data = content(part)
    if len(data) > LONGEST_TEXT:
        found.problems.append("text_cut")
    text = decode(data[:LONGEST_TEXT], parameter(part, "content-type", "charset"))
    if kind == "text/html":
        found.html.append(text)
    else:
        found.text.append(_joined(text, part))


def _joined(text: str, part: Message) -> str:
    if parameter(part, "content-type", "format").lower() != "flowed":
        return text
    return flowed.joined(text, parameter(part, "content-type", "delsp").lower() == "yes")


def content(part: Message) -> bytes:
    """The bytes of a part; a transfer encoding that is broken gives what can be read of it."""
    if part.get_content_maintype() == "message":
        return b"\n".join(_written(inner) for inner in _inner(part))
    try:
        data = part.get_payload(decode=True)
    except Exception:  # uuencode and base64 raise in ways of their own
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return data if isinstance(data, bytes) else b""


def _written(inner: Message) -> bytes:
    """A mail in the mail, as it came; b"" where Python cannot write again what it has read."""
    try:
        return inner.as_bytes(policy=compat32)
    except Exception:  # it raises in ways of its own; the raw mail has it
        return b""


def name_of(part: Message) -> str:
    """The file's name; "" for what is no file, or has none."""
    return file_name(
        parameter(part, "content-disposition", "filename") or parameter(part, "content-type", "name")
    )


def parameter(part: Message, header: str, name: str) -> str:
    """A parameter of a header, its continuations joined (`name*0*=`), decoded by what it says or is."""
    plain, charset = "", ""
    pieces: dict[int, bytes] = {}
    for key, raw in PARAMETER.findall(str(part.get(header, ""))[: headers.LONGEST]):
        split = PIECE.fullmatch(key.lower())
        if not split or split[1] != name:
            continue
        value = _unquoted(raw.strip())
        if not split[2] and not split[3]:
            plain = plain or headers.words(value)
            continue
        if split[3] and value.count("'") >= 2 and not charset:
            charset, _, value = value.split("'", 2)
        number = int(split[2] or 0)
        pieces.setdefault(number, unquote_to_bytes(value) if split[3] else value.encode())
    joined = b"".join(pieces[number] for number in sorted(pieces))
    return " ".join(decode(joined, charset).split()) if joined else plain


def _type(part: Message) -> str:
    """Its type as declared, where that can be one: what keeps files takes no other in its headers."""
    told = part.get_content_type()
    return told if TYPE.fullmatch(told) else "application/octet-stream"


def _value(part: Message, header: str) -> str:
    return str(part.get(header, "")).partition(";")[0]


def _unquoted(raw: str) -> str:
    return re.sub(r"\\(.)", r"\1", raw[1:-1]) if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw


def _inner(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _file(part: Message, kind: str, name: str, number: int) -> File:
    content_id = "".join(headers.ids(part, "content-id")[:1]) or str(part.get("content-id", "")).strip(" <>")
    return File(name or _named(part, kind, number), kind, content(part), content_id[:200])


def _named(part: Message, kind: str, number: int) -> str:
    """A name for a file that has none: a mail's is its subject."""
    subject = next((headers.text(inner, "subject") for inner in _inner(part)), "")
    if subject:
        return file_name(f"{subject.replace('/', '-')[:LONGEST_SUBJECT]}.eml")
    ending = {"message/rfc822": "eml", "text/calendar": "ics", "message/delivery-status": "txt"}.get(kind)
    return f"file-{number}.{ending or re.sub('[^a-z0-9]', '', kind.rpartition('/')[2].lower())[:8] or 'bin'}"
