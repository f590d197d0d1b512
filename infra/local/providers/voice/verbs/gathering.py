"""<Gather>: keys or words, with prompts that a key cuts short.

https://www.twilio.com/docs/voice/twiml/gather
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.call import Call, Key, Words
from infra.local.providers.voice.documents import Document, Source
from infra.local.providers.voice.verbs.attributes import flag, number

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line

TIMEOUT = 5
MOST_DIGITS = 1000
CONFIDENCE = "0.9"


@dataclass(frozen=True, slots=True)
class Question:
    """`inputs` are dtmf and speech; `most` digits; `finish` ends them ("" for no key that does)."""

    inputs: frozenset[str]
    most: int
    finish: str
    timeout: float

    @classmethod
    def of(cls, node: Element) -> "Question":
        inputs = frozenset(node.get("input", "dtmf").split())
        timeout = node.get("timeout", "")
        seconds = number(node, "timeout", TIMEOUT) if timeout != "auto" else TIMEOUT
        return cls(inputs, number(node, "numDigits", MOST_DIGITS), node.get("finishOnKey", "#"), seconds)

    def takes(self, given: Key | Words) -> bool:
        return ("dtmf" if isinstance(given, Key) else "speech") in self.inputs

    @property
    def named(self) -> str:
        words = {"dtmf": "keys", "speech": "speech"}
        return " ".join(words[one] for one in ("dtmf", "speech") if one in self.inputs)

    def nothing(self) -> dict[str, str]:
        """What is told where nothing came, and it is to be told all the same."""
        digits = {"Digits": ""} if "dtmf" in self.inputs else {}
        return digits | ({"SpeechResult": ""} if "speech" in self.inputs else {})


async def gather(line: "Line", node: Element, document: Document) -> Source | None:
    from infra.local.providers.voice.verbs import VERBS

    question = Question.of(node)
    _forget(line.call)
    prompts = asyncio.create_task(line.verbs(node, document, VERBS))
    line.call.waits_for = question.named
    try:
        given = await _given(line.call, question, prompts)
    finally:
        line.call.waits_for = ""
        prompts.cancel()
        await asyncio.gather(prompts, return_exceptions=True)
    if given is None and not flag(node, "actionOnEmptyResult"):
        return None
    return document.to(node, "action", question.nothing() if given is None else given)


def _forget(call: Call) -> None:
    """Keys that were pressed before the question are no answer to it."""
    while not call.input.empty():
        call.input.get_nowait()


async def _given(
    call: Call, question: Question, prompts: "asyncio.Task[Source | None]"
) -> dict[str, str] | None:
    first = await _first(call, question, prompts)
    if isinstance(first, Words):
        return {"SpeechResult": first.text, "Confidence": CONFIDENCE}
    if first is None:
        return None
    prompts.cancel()
    return {"Digits": await _digits(call, question, first)}


async def _first(
    call: Call, question: Question, prompts: "asyncio.Task[Source | None]"
) -> Key | Words | None:
    """The prompts go on until something comes; the time runs from their end."""
    got = asyncio.create_task(_taken(call, question))
    try:
        await asyncio.wait({got, prompts}, return_when=asyncio.FIRST_COMPLETED)
        if not got.done():
            prompts.result()
            press_ahead(call, question.inputs)
            await asyncio.wait({got}, timeout=call.pace.answer(question.timeout))
        return got.result() if got.done() else None
    finally:
        got.cancel()


async def _taken(call: Call, question: Question) -> Key | Words:
    while True:
        given = await call.input.get()
        if question.takes(given):
            return given


async def _digits(call: Call, question: Question, first: Key) -> str:
    """Each key has the question's time; the one that finishes is not told."""
    digits, key = "", first.digit
    while key and key != question.finish:
        digits += key
        if len(digits) >= question.most:
            break
        key = await _next(call, question)
    return digits


async def _next(call: Call, question: Question) -> str:
    try:
        given = await asyncio.wait_for(call.input.get(), call.pace.answer(question.timeout))
    except TimeoutError:
        return ""
    return given.digit if isinstance(given, Key) else await _next(call, question)


def press_ahead(call: Call, inputs: frozenset[str]) -> None:
    """What the caller had in mind for this question."""
    if "dtmf" in inputs and call.keys_ahead:
        keys = call.keys_ahead.pop(0)
        call.heard.add("keys", keys)
        for digit in keys:
            call.input.put_nowait(Key(digit))
    elif "speech" in inputs and call.words_ahead:
        words = call.words_ahead.pop(0)
        call.heard.add("spoken", words)
        call.input.put_nowait(Words(words))
