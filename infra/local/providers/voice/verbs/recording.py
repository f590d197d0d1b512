"""<Record>: the caller leaves word.

https://www.twilio.com/docs/voice/twiml/record
"""

import asyncio
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.call import Key, Words
from infra.local.providers.voice.documents import Document, Source
from infra.local.providers.voice.recordings import Recording, Wish
from infra.local.providers.voice.verbs.attributes import flag, number

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line

SILENCE, LONGEST, KEYS = 5, 3600, "1234567890*#"


async def record(line: "Line", node: Element, document: Document) -> Source | None:
    """An empty recording leads to the next verb, as on Twilio; else the action is asked, at once, while the
    file is still being made.
    """
    if flag(node, "playBeep", True):
        line.call.heard.add("beep")
    recording = line.exchange.recordings.begin(line.call, _wish(node, document))
    end = "hangup"
    try:
        line.call.waits_for = "word"
        end = await _word(line, node)
    except asyncio.CancelledError:
        _hung_up(line, node, document, recording)
        raise
    finally:
        line.call.waits_for = ""
        line.exchange.recordings.finish(recording)
    return _action(line, node, document, recording, end) if recording.spoken else None


def _wish(node: Element, document: Document) -> Wish:
    callback, events = node.get("recordingStatusCallback"), node.get("recordingStatusCallbackEvent")
    text = node.get("transcribeCallback")
    wants_text = flag(node, "transcribe") or text is not None
    return Wish(
        "RecordVerb",
        callback=document.absolute(callback) if callback else "",
        events=frozenset((events or "completed").split()),
        transcribe=document.absolute(text) if text and wants_text else "",
    )


async def _word(line: "Line", node: Element) -> str:
    """The key that ended it, or "" for silence or the longest time."""
    pace, keys = line.call.pace, node.get("finishOnKey", KEYS)
    loop = asyncio.get_running_loop()
    until = loop.time() + pace.answer(number(node, "maxLength", LONGEST))
    if line.call.words_ahead:
        line.call.input.put_nowait(Words(line.call.words_ahead.pop(0)))
    while (left := until - loop.time()) > 0:
        silence = pace.answer(number(node, "timeout", SILENCE))
        try:
            given = await asyncio.wait_for(line.call.input.get(), min(left, silence))
        except TimeoutError:
            if not line.call.phone.speaks():
                return ""
            continue
        if isinstance(given, Key) and given.digit in keys:
            return given.digit
        if isinstance(given, Words):
            line.spoken(given.text)
    return ""


def _action(line: "Line", node: Element, document: Document, recording: Recording, end: str) -> Source:
    told = {"RecordingDuration": str(recording.seconds), "RecordingSid": recording.sid, "Digits": end}
    return document.to(
        node, "action", {"RecordingUrl": line.exchange.outside.recording_url(recording), **told}
    )


def _hung_up(line: "Line", node: Element, document: Document, recording: Recording) -> None:
    if line.turned is None and recording.spoken:
        line.exchange.outside.tell_once(line.call, _action(line, node, document, recording, "hangup"))
