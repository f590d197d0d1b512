"""<Say>, <Play> and <Pause>.

https://www.twilio.com/docs/voice/twiml/say
https://www.twilio.com/docs/voice/twiml/play
https://www.twilio.com/docs/voice/twiml/pause
"""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.documents import Document, Source
from infra.local.providers.voice.verbs.attributes import loops, number, text

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line


async def say(line: "Line", node: Element, document: Document) -> Source | None:
    words = text(node)
    for _ in range(loops(node) if words else 0):
        await line.speak(words, node.get("language", "en-US"))
    return None


async def play(line: "Line", node: Element, document: Document) -> Source | None:
    """A file that cannot be got is error 11200. Its `digits` are heard as keys."""
    if keys := node.get("digits", ""):
        line.call.heard.add("keys", keys)
        return None
    url = document.absolute(text(node))
    sound = await line.exchange.outside.sound(url)
    for _ in range(loops(node)):
        await line.play(sound, url.rpartition("/")[2].partition("?")[0])
    return None


async def pause(line: "Line", node: Element, document: Document) -> Source | None:
    line.call.heard.add("silence")
    await line.call.phone.silence(number(node, "length", 1))
    return None
