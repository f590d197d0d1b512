"""<Enqueue>: the caller waits, with the documents of waitUrl again and again.

https://www.twilio.com/docs/voice/twiml/enqueue
"""

import asyncio
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.documents import Document, Source
from infra.local.providers.voice.line import Over
from infra.local.providers.voice.queues import Waiter
from infra.local.providers.voice.verbs.attributes import text
from infra.local.providers.voice.verbs.ending import Left

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line

MOST_TURNS = 2000
MUSIC = "Twilio's music"


async def enqueue(line: "Line", node: Element, document: Document) -> Source | None:
    waiter = line.exchange.queues.enter(text(node) or "default", line.call)
    if waiter is None:
        return _onward(node, document, {"QueueResult": "queue-full", "QueueTime": "0"})
    try:
        result = await _waited(line, node, document, waiter)
    except (asyncio.CancelledError, Over) as end:  # the action is told, and what it answers is not run
        gone = isinstance(end, Over) or line.turned is None
        if told := _onward(node, document, waiter.left("hangup" if gone else "redirected")):
            line.exchange.outside.tell_once(line.call, told, over=gone)
        raise
    finally:
        line.exchange.queues.leave(waiter)
    return _onward(node, document, waiter.left(result))


async def _waited(line: "Line", node: Element, document: Document, waiter: Waiter) -> str:
    """How it ended: leave, or bridged to somebody who dialled the queue."""
    music = asyncio.create_task(_music(line, node, document, waiter))
    taken = asyncio.create_task(waiter.taken.wait())
    try:
        await asyncio.wait({music, taken}, return_when=asyncio.FIRST_COMPLETED)
        if not taken.done():
            return music.result()
    finally:
        music.cancel()
        taken.cancel()
        await asyncio.gather(music, taken, return_exceptions=True)
    line.exchange.queues.leave(waiter)
    if waiter.room:
        await waiter.room.stay(line, ends=True)
    return "bridged"


async def _music(line: "Line", node: Element, document: Document, waiter: Waiter) -> str:
    try:
        for _ in range(MOST_TURNS):
            await _turn(line, node, document, waiter)
    except Left:
        return "leave"
    return "system-error"


async def _turn(line: "Line", node: Element, document: Document, waiter: Waiter) -> None:
    """The document of waitUrl, and all that it leads to."""
    from infra.local.providers.voice.verbs import WAITING

    if not node.get("waitUrl"):
        line.call.heard.add("music", MUSIC)
        await line.call.over.wait()
    step: Source | None = document.to(node, "waitUrl", line.exchange.queues.place(waiter))
    for _ in range(MOST_TURNS):
        if step is None:
            return
        step = await line.run(step, WAITING)


def _onward(node: Element, document: Document, fields: dict[str, str]) -> Source | None:
    return document.to(node, "action", fields) if node.get("action") else None
