"""A call that is answered: one document after the other, verb by verb, until its end."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.call import Call
from infra.local.providers.voice.documents import SENTENCE, UNREADABLE, Document, Source, Trouble
from infra.local.providers.voice.phones import Sound
from infra.local.providers.voice.pieces import Piece

if TYPE_CHECKING:
    from infra.local.providers.voice.exchange import Exchange
    from infra.local.providers.voice.verbs import Verb

MOST_DOCUMENTS = 2000  # of one call: a document that leads to itself must end some time
BREATH = 0.02  # seconds between two documents, so that one without sound does not turn in place


class Over(Exception):
    """The call ends here; `status` is completed, or what <Reject> says."""

    def __init__(self, status: str = "completed") -> None:
        super().__init__(status)
        self.status = status


class Line:
    def __init__(self, call: Call, exchange: "Exchange") -> None:
        self.call, self.exchange = call, exchange
        self.turned: Source | None = None
        self._work: asyncio.Task[Source | None] | None = None

    async def talk(self, sources: Sequence[Source], fallback: str = "") -> str:
        """Runs the documents, one after the other, and all they lead to; the call's last status."""
        left = list(sources)
        step: Source | None = left.pop(0)
        for _ in range(MOST_DOCUMENTS):
            try:
                step = await self._begun(step) if step else None
            except Over as over:
                return over.status
            except Trouble as trouble:
                step, fallback = await self._troubled(trouble, fallback), ""
            if step is None and not left:
                break
            step = step or left.pop(0)
        return "completed"

    def turn(self, source: Source) -> None:
        """What is being said ends here, and this comes next."""
        self.turned = source
        if self._work:
            self._work.cancel()

    async def _begun(self, step: Source) -> Source | None:
        self._work = asyncio.create_task(self.run(step))
        try:
            following = await self._work
        except asyncio.CancelledError:
            if self.turned is None:
                raise
            following = None
        turned, self.turned = self.turned, None
        return turned or following

    async def run(self, source: Source, allowed: "Mapping[str, Verb] | None" = None) -> Source | None:
        """One document; where it leads, or None at its end. Raises Trouble and Over."""
        from infra.local.providers.voice.verbs import VERBS

        await asyncio.sleep(BREATH)
        document = await self.exchange.outside.document(self.call, source)
        return await self.verbs(document.root, document, allowed or VERBS)

    async def verbs(self, nodes: Element, document: Document, allowed: "Mapping[str, Verb]") -> Source | None:
        for node in nodes:
            if node.tag not in allowed:
                raise Trouble(UNREADABLE, document.url)
            following = await allowed[node.tag](self, node, document)
            if following is not None:
                return following
        return None

    async def _troubled(self, trouble: Trouble, fallback: str) -> Source | None:
        """Where to go on: the fallback, told what went wrong; else the caller hears Twilio's sentence."""
        self.call.errors.append(trouble.code)
        self.exchange.outside.alert(self.call, trouble)
        if fallback:
            return Source(fallback, fields={"ErrorCode": str(trouble.code), "ErrorUrl": trouble.url})
        if self.call.answered_at is None:
            self.call.answer()
        self.call.heard.add("error", str(trouble.code))
        await self.speak(SENTENCE, "en-US")
        return None

    # ------------------------------------------------------------------ what the line hears and speaks

    async def speak(self, text: str, language: str) -> None:
        self.call.heard.add("words", text, language)
        self.exchange.recordings.heard(self.call, Piece(text=text, language=language))
        await self.call.phone.speak(text, language)

    async def play(self, sound: Sound, name: str, kind: str = "music") -> None:
        self.call.heard.add(kind, name)
        self.exchange.recordings.heard(self.call, Piece(sound=sound))
        await self.call.phone.play(sound)

    def spoken(self, text: str) -> None:
        """The person on this line says something that is not an answer to a question."""
        self.call.heard.add("spoken", text)
        self.exchange.recordings.spoke(self.call, Piece(text=text, language="ko-KR"))

    def fields(self) -> dict[str, str]:
        return self.call.fields(self.exchange.outside.account_sid)
