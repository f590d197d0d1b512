"""<Dial><Conference>: music until it begins, then the others' voices."""

import asyncio
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.documents import Document, Source, Trouble
from infra.local.providers.voice.rooms import Participant, Room
from infra.local.providers.voice.verbs.attributes import flag, text

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line

INVALID_WAIT = 13238  # a verb in waitUrl that may not stand there
MOST_TURNS = 2000


async def conference(line: "Line", node: Element, noun: Element, document: Document) -> dict[str, str]:
    room = line.exchange.rooms.named(text(noun))
    one = Participant(
        line.call,
        flag(noun, "startConferenceOnEnter", True),
        flag(noun, "endConferenceOnExit"),
        flag(noun, "muted"),
        noun.get("coach", ""),
    )
    waits = asyncio.create_task(_until_begun(line, noun, document, room))
    try:
        await room.visit(line, one, flag(node, "hangupOnStar"))
    finally:
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
    return {"DialCallStatus": "answered"}


async def _until_begun(line: "Line", noun: Element, document: Document, room: Room) -> None:
    """Music of waitUrl ("" for none, Twilio's own where it is not said), then the beep."""
    music = asyncio.create_task(_music(line, noun, document))
    try:
        await room.begun.wait()
    finally:
        music.cancel()
        await asyncio.gather(music, return_exceptions=True)
    if noun.get("beep", "true") in ("true", "onEnter"):
        line.call.heard.add("beep")


async def _music(line: "Line", noun: Element, document: Document) -> None:
    from infra.local.providers.voice.verbs import MUSIC

    if noun.get("waitUrl") is None:
        line.call.heard.add("music", "Twilio's music")
    try:
        for _ in range(MOST_TURNS if noun.get("waitUrl") else 0):
            step: Source | None = document.to(noun, "waitUrl", {})
            while step is not None:
                step = await line.run(step, MUSIC)
    except Trouble as trouble:
        line.call.errors.append(INVALID_WAIT)
        line.exchange.outside.alert(line.call, Trouble(INVALID_WAIT, trouble.url))
