"""<Redirect>, <Hangup>, <Reject> and <Leave>."""

from typing import TYPE_CHECKING, NoReturn
from xml.etree.ElementTree import Element

from infra.local.providers.voice.documents import UNREADABLE, Document, Source, Trouble
from infra.local.providers.voice.line import Over
from infra.local.providers.voice.verbs.attributes import text

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line


class Left(Exception):
    """The caller is out of the queue, and goes on behind <Enqueue>."""


async def redirect(line: "Line", node: Element, document: Document) -> Source:
    return Source(document.absolute(text(node)), node.get("method", "POST").upper())


async def hangup(line: "Line", node: Element, document: Document) -> NoReturn:
    raise Over


async def reject(line: "Line", node: Element, document: Document) -> NoReturn:
    """As the first verb only, because only then the call was not answered; the caller hears what it says."""
    if document.root[0] is not node:
        raise Trouble(UNREADABLE, document.url)
    raise Over("busy" if node.get("reason") == "busy" else "no-answer")


async def leave(line: "Line", node: Element, document: Document) -> Source | None:
    """Outside of a queue it does nothing."""
    if line.call.queue:
        raise Left
    return None
