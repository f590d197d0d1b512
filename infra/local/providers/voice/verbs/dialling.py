"""<Dial>: a number, a SIP address, a client, a conference, a queue.

https://www.twilio.com/docs/voice/twiml/dial
"""

import asyncio
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from infra.local.providers.voice.documents import Document, Source
from infra.local.providers.voice.exchange import Wanted
from infra.local.providers.voice.reports import Hook
from infra.local.providers.voice.verbs.attributes import flag, number, text
from infra.local.providers.voice.verbs.meeting import conference

if TYPE_CHECKING:
    from infra.local.providers.voice.call import Call
    from infra.local.providers.voice.line import Line
    from infra.local.providers.voice.rooms import Room

TIMEOUT = 30
JOINS = (
    "<Response><Dial><Conference beep='false' endConferenceOnExit='true'>{}</Conference></Dial></Response>"
)
Told = dict[str, str]


async def dial(line: "Line", node: Element, document: Document) -> Source | None:
    noun = node[0] if len(node) else node
    told: Told = {"DialCallStatus": "completed"}
    try:
        if noun.tag == "Conference":
            told = await conference(line, node, noun, document)
        elif noun.tag == "Queue":
            told = await _queue(line, node, noun)
        else:
            told = await _ring(line, node, noun, document)
    except asyncio.CancelledError:
        if line.turned is None and node.get("action"):
            line.exchange.outside.tell_once(line.call, document.to(node, "action", told))
        raise
    return document.to(node, "action", told) if node.get("action") else None


async def _ring(line: "Line", node: Element, noun: Element, document: Document) -> Told:
    """Another leg is called; both talk in a room of their own, which ends with either."""
    room = line.exchange.rooms.private()
    child = line.exchange.place(_wanted(line, node, noun, document, room.name))
    line.call.heard.add("ringing", child.to)
    try:
        await _met(line, room, child, flag(node, "hangupOnStar"))
    finally:
        if not child.ended:
            line.exchange.hang_up(child)
    await child.over.wait()
    told = {"DialCallSid": child.sid, "DialCallStatus": child.status}
    return told | ({"DialCallDuration": str(child.seconds)} if child.status == "completed" else {})


def _wanted(line: "Line", node: Element, noun: Element, document: Document, room: str) -> Wanted:
    """The other leg. It hears the noun's own document first, then joins the room."""
    parent, to = line.call, f"client:{text(noun)}" if noun.tag == "Client" else text(noun)
    sender = node.get("callerId") or (parent.sender if parent.direction == "inbound" else parent.to)
    first = [document.to(noun, "url", {"ParentCallSid": parent.sid})] if noun.get("url") else []
    callback, events = noun.get("statusCallback"), noun.get("statusCallbackEvent", "completed")
    manner = line.exchange.orders.manner(to)
    hook = Hook(document.absolute(callback) if callback else "", frozenset(events.split()), manner)
    sources = [*first, Source(text=JOINS.format(escape(room)))]
    timeout = number(node, "timeout", TIMEOUT)
    return Wanted(to, sender, sources, timeout, hook, "", "outbound-dial", parent.sid)


async def _met(line: "Line", room: "Room", child: "Call", star: bool) -> None:
    """Until one of both has gone."""
    stay = asyncio.create_task(room.stay(line, ends=True, star=star))
    gone = asyncio.create_task(child.over.wait())
    try:
        await asyncio.wait({stay, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stay.cancel()
        gone.cancel()
        await asyncio.gather(stay, gone, return_exceptions=True)


async def _queue(line: "Line", node: Element, noun: Element) -> Told:
    """The first who waits in it is taken; nobody waits → the time is waited for."""
    until = asyncio.get_running_loop().time() + line.call.pace.wait(number(node, "timeout", TIMEOUT))
    while (waiter := line.exchange.queues.first(text(noun))) is None:
        if asyncio.get_running_loop().time() > until:
            return {"DialCallStatus": "no-answer"}
        await asyncio.sleep(0.05)
    waiter.room = line.exchange.rooms.private()
    waiter.taken.set()
    await waiter.room.stay(line, ends=True)
    return {"DialCallStatus": "completed", "DialCallSid": waiter.call.sid}
