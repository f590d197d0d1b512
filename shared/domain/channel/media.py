"""Files of a message: who gets credentials, what is taken, what a page shows, how a channel carries them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlsplit

from shared.domain.errors import Refused
from shared.domain.masking import mask
from shared.domain.timeline.content import Part, PartState
from shared.domain.timeline.entry import Entry
from shared.domain.traits import LONGEST_FILE, MEGABYTE, Media

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
SOUNDS = frozenset(
    {"audio/mpeg", "audio/mp4", "audio/ogg", "audio/x-wav", "audio/wav", "audio/aac", "audio/x-flac"}
)
UNKNOWN = "application/octet-stream"
# Nobody sends a program to a contact centre for a good reason.
PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable", "application/x-mach-binary"})
MOST_FILES = 10  # with one message, whatever the channel
TEXTS = ("text/", "message/")
LONGEST_TEXT = 4 * MEGABYTE  # masking one full of numbers takes a second for each megabyte
UPLOAD = "upload:"  # begins the source of a file that lies in our own bucket, unchecked


def gets_credentials(url: str, hosts: Sequence[str]) -> bool:
    """Whether the host of this address (with its port, if it names one) is among those declared. Never
    without TLS, except for an address that was given as a whole (the local run's stand-in).
    """
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return origin in hosts or (parts.scheme == "https" and parts.netloc.lower() in hosts)


def shown_as(type: str) -> str:
    """How a page may show a file by itself; "" for one that it offers to save, which is all it does not know.
    SVG and HTML carry scripts, so they are never shown.
    """
    return "picture" if type in PICTURES else "sound" if type in SOUNDS else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that passed: as it is stored, and its part."""

    part: Part
    body: bytes


def take(part: Part, body: bytes, found: str, longest: int = LONGEST_FILE) -> Taken | Part:
    """What becomes of a file that has come, whose content looks like the type `found` ("" for unknown):
    taken, or its part, refused with the reason. What others declare of size and type counts for nothing.
    """
    if not body:
        return refused(part, "empty")
    if len(body) > longest:
        return refused(part, "too_large")
    if part.sha256 and sha256(body).hexdigest() != part.sha256.lower():
        return refused(part, "wrong_sum")
    if found in PROGRAMS:
        return refused(part, "program")
    if not found and is_text(part.type) and len(body) > LONGEST_TEXT:
        return refused(part, "too_large")
    kept = body if found else masked_text(part.type, body)
    known = replace(part, type=found or UNKNOWN, size=len(kept), state=PartState.STORED)
    return Taken(replace(known, source="", reason=""), kept)


def is_text(type: str) -> bool:
    return type.lower().startswith(TEXTS)


def masked_text(type: str, body: bytes) -> bytes:
    """A file as it is kept: what customers write is masked in every form. In an encoding that we do not know
    the digits are where ASCII has them. One that is no text, or one too long to be kept, is as it was.
    """
    if not is_text(type) or len(body) > LONGEST_TEXT:
        return body
    try:
        return mask(body.decode()).encode()
    except UnicodeDecodeError:
        return mask(body.decode("latin-1")).encode("latin-1")


def refused(part: Part, reason: str) -> Part:
    return replace(part, state=PartState.REFUSED, reason=reason, source="")


def gone(part: Part) -> Part:
    return replace(part, state=PartState.GONE, source="")


def media_key(customer_id: str, entry_id: str, n: int) -> str:
    return f"media/{customer_id}/{entry_id}/{n}"


def goes_as_link(media: Media, files: Sequence[Part], links: bool) -> tuple[bool, ...]:
    """For each file whether it goes as a link; the others go as files. `links`: whether there can be any.

    Refused (422) with a sentence for what this channel carries in no way.
    """
    if len(files) > MOST_FILES:
        raise Refused("too_many_files", status=422)
    ways, count, total = [], 0, 0
    for part in files:
        fits = part.size <= media.longest(part.type)
        fits = fits and count < media.most and total + part.size <= media.total
        if not fits and not (media.by_link and links):
            raise Refused(_why_not(media, part), status=422)
        ways.append(not fits)
        count, total = (count + 1, total + part.size) if fits else (count, total)
    return tuple(ways)


def _why_not(media: Media, part: Part) -> str:
    if not media.most:
        return "no_files_there"
    longest = media.longest(part.type)
    return "file_type_not_carried" if not longest else "file_too_large_there"


@dataclass(frozen=True, slots=True)
class FileLink:
    """Names a part of an entry, for whoever has the secret that stands in it."""

    timeline: str
    seq: int
    n: int
    secret: str = field(repr=False)


LINKS = "/public/files/"
LINK = re.compile(r"([0-9A-Za-z]{1,40})\.([0-9]{1,12})\.([0-9]{1,2})\.([0-9A-Za-z]{26})", re.ASCII)
LINK_DAYS = timedelta(days=30)


def link_path(entry: Entry, n: int) -> str:
    """Where the customer gets a part that went out as a link; short, as it stands in an SMS."""
    return f"{LINKS}{entry.timeline}.{entry.seq}.{n}.{entry.content.parts[n].link}"


def link_in(token: str) -> FileLink | None:
    """None for what is no link of ours."""
    found = LINK.fullmatch(token)
    return FileLink(found[1], int(found[2]), int(found[3]), found[4]) if found else None


def linked(entry: Entry | None, link: FileLink, now: datetime) -> Part | None:
    """The file behind a link, while it holds; None for any other."""
    if entry is None or link.n >= len(entry.content.parts) or now - entry.at > LINK_DAYS:
        return None
    part = entry.content.parts[link.n]
    same = bool(part.link) and compare_digest(part.link, link.secret)
    return part if same and part.state is PartState.STORED else None


def with_links(entry: Entry, text: str, public_url: str) -> str:
    """The text, with an address on a line of its own for each file of the entry that goes as a link."""
    parts = enumerate(entry.content.parts)
    links = [public_url.rstrip("/") + link_path(entry, n) for n, part in parts if part.link]
    return "\n".join(filter(None, (text, *links)))
