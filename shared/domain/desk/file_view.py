"""A file of a message, as staff see it."""

from dataclasses import dataclass

from shared.domain.channel.media import shown_as
from shared.domain.timeline.content import Content, Part, PartState


@dataclass(frozen=True, slots=True)
class FileView:
    """`n` names it in its entry. `shown_as` is picture, sound, or "" for what is only saved. `cid` is what
    the message's HTML calls it.
    """

    n: int
    name: str
    type: str
    size: int
    state: str
    reason: str
    shown_as: str
    cid: str = ""


def file_views(content: Content) -> tuple[FileView, ...]:
    return tuple(_file(n, part) for n, part in enumerate(content.parts))


def _file(n: int, part: Part) -> FileView:
    shown = shown_as(part.type) if part.state is PartState.STORED else ""
    return FileView(n, part.name, part.type, part.size, part.state, part.reason, shown, part.cid)
