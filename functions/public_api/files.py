"""Files: a place for one that a visitor sends, and the way to one that was sent to a customer."""

from dataclasses import dataclass
from typing import Any

from functions.channels.chat.channel import CHANNEL
from functions.channels.chat.visiting import Visitor
from shared.adapters import codec
from shared.domain.change import Ref
from shared.domain.channel.media import link_in, linked, shown_as
from shared.domain.channel.uploads import PLACE_SECONDS, VISITOR, upload_key
from shared.domain.file_name import file_name
from shared.domain.timeline.entry import Entry
from shared.edge.wiring import ports

LINK_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What a browser says of a file before it sends it."""

    size: int = 0
    name: str = ""


def told(body: bytes) -> Told:
    """Raises Malformed."""
    return codec.decode(body, Told)


def too_large(file: Told) -> bool:
    return file.size > CHANNEL.media.taken


def place(visitor: Visitor, file: Told) -> dict[str, Any]:
    """A form to post the file with. What it holds is looked at when its message has come."""
    id = ports().ids()
    made = ports().files.place(upload_key(VISITOR, visitor.id, id), CHANNEL.media.taken, PLACE_SECONDS)
    return {"id": id, "name": file_name(file.name), "upload": {"url": made.url, "fields": dict(made.fields)}}


def address(token: str) -> str:
    """Where the file behind a link is for five minutes; "" for what is no link, or is one no more."""
    link = link_in(token)
    entry = ports().store.get(Ref(Entry, link.timeline, link.seq)) if link else None
    part = linked(entry, link, ports().clock()) if link else None
    if part is None:
        return ""
    return ports().files.link(part.key, LINK_SECONDS, part.name, bool(shown_as(part.type)))
