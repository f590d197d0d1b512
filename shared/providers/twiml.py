"""What Twilio is told to do with a call: TwiML, exactly the verbs we use.

https://www.twilio.com/docs/voice/twiml

Each function makes one element; `document` writes them down. Nothing that a customer said can break the
XML: the writer escapes, and characters that XML does not know are left out.
"""

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

TYPE = "text/xml"
LONGEST = 64 * 1024  # bytes of a document; Twilio takes no more (11750)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
# XML 1.0 knows no other ones: https://www.w3.org/TR/xml/#charsets
UNKNOWN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPED = {"&": 5, "<": 4, ">": 4}  # how many bytes the writer makes of them
MISSING = " …"
VOICES = {"ko": "ko-KR", "en": "en-US"}
MOST_HINTS, LONGEST_HINT = 500, 100

Value = str | int | bool | Sequence[str] | None


def document(*verbs: Element) -> str:
    """The whole document, at most 64 KB: what is longer loses words at the end of its longest text."""
    response = Element("Response")
    response.extend(verbs)
    while (over := len(_written(response)) - LONGEST) > 0:
        longest = max(response.iter("Say"), key=lambda one: len(one.text or ""), default=None)
        if longest is None or not longest.text:
            raise ValueError("a document of TwiML is too long without any words in it")
        _shorten(longest, over)
    return _written(response).decode()


def say(text: str, language: str) -> Element:
    """Spoken, in Korean or else in English."""
    return _verb("Say", {"language": voice(language)}, text)


def voice(language: str) -> str:
    """Twilio's name of a language."""
    return VOICES.get(language, VOICES["en"])


def play(url: str, loop: int = 1) -> Element:
    """`loop` 0 is without end."""
    return _verb("Play", {"loop": loop if loop != 1 else None}, url)


def pause(seconds: int) -> Element:
    return _verb("Pause", {"length": seconds})


def gather(
    *inner: Element,
    action: str,
    language: str,
    digits: int = 1,
    timeout: int = 5,
    finish: str = "#",
    hints: Sequence[str] = (),
    speech: bool = True,
) -> Element:
    """Says what is inside, and takes keys and words meanwhile. Where nothing comes, `action` is asked all the
    same, so that a silent caller does not fall out of the menu.
    """
    known = ",".join(hint.replace(",", " ")[:LONGEST_HINT] for hint in hints[:MOST_HINTS])
    told = {
        "input": "dtmf speech" if speech else "dtmf",
        "numDigits": digits,
        "timeout": timeout,
        "finishOnKey": finish,
        "language": voice(language),
        "hints": (known or None) if speech else None,
        "action": action,
        "actionOnEmptyResult": True,
    }
    element = _verb("Gather", told)
    element.extend(inner)
    return element


def record(
    action: str,
    status: str = "",
    transcribed: str = "",
    longest: int = 120,
    silence: int = 5,
    finish: str = "#",
) -> Element:
    """A voicemail. `status` hears when the file is there, `transcribed` its words (and none are made
    without)."""
    told: dict[str, Value] = {
        "action": action,
        "maxLength": longest,
        "timeout": silence,
        "finishOnKey": finish,
        "playBeep": True,
        "recordingStatusCallback": status or None,
        "recordingStatusCallbackEvent": ("in-progress", "completed", "absent") if status else None,
        "transcribe": True if transcribed else None,
        "transcribeCallback": transcribed or None,
    }
    return _verb("Record", told)


def enqueue(name: str, action: str, wait: str) -> Element:
    """Twilio's own queue only holds the caller; `wait` says and plays what they hear, `action` is asked when
    they have left it."""
    return _verb("Enqueue", {"action": action, "waitUrl": wait}, name[:64])


def conference(
    name: str,
    *,
    starts: bool = True,
    muted: bool = False,
    coach: str = "",
    wait: str = "",
) -> Element:
    """The noun inside a Dial. Whoever leaves ends it for nobody else, and nobody hears a beep. `coach` is the
    call that alone hears this one; `wait` is what is heard before the room starts ("" for silence)."""
    told: dict[str, Value] = {
        "startConferenceOnEnter": starts,
        "endConferenceOnExit": False,
        "beep": False,
        "muted": True if muted else None,
        "coach": coach or None,
        "waitUrl": wait,
    }
    return _verb("Conference", told, name)


def dial(noun: Element, action: str = "") -> Element:
    """Into a conference; `action` is asked when this call has left it, and without one the call ends."""
    element = _verb("Dial", {"action": action or None})
    element.append(noun)
    return element


def redirect(url: str) -> Element:
    return _verb("Redirect", {}, url)


def leave() -> Element:
    """Out of the queue that the caller waits in."""
    return Element("Leave")


def hang_up() -> Element:
    return Element("Hangup")


def reject(reason: str = "rejected") -> Element:
    """Not picked up at all: nobody pays. `rejected` or `busy`."""
    return _verb("Reject", {"reason": reason})


def _verb(name: str, attributes: Mapping[str, Value], text: str = "") -> Element:
    element = Element(name)
    for key, value in attributes.items():
        if value is not None:
            element.set(key, _attribute(value))
    if text:
        element.text = known(text)
    return element


def _attribute(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return known(str(value) if isinstance(value, str | int) else " ".join(value or ()))


def known(text: str) -> str:
    """Without what XML does not know: control characters, lone surrogates."""
    return UNKNOWN.sub("", text)


def _written(response: Element) -> bytes:
    return (DECLARATION + tostring(response, encoding="unicode")).encode()


def _shorten(said: Element, over: int) -> None:
    """By so many bytes of the document, and the sign that something is missing."""
    text = said.text or ""
    kept, saved = len(text), -len(MISSING.encode())
    while kept and saved < over:
        kept -= 1
        saved += ESCAPED.get(text[kept]) or len(text[kept].encode())
    said.text = text[:kept].rstrip() + MISSING if kept else ""
