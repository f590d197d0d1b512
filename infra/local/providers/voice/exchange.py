"""The exchange: calls that come in and calls that are placed, from the first ring to the end."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from infra.local.providers import kit
from infra.local.providers.voice.book import Book
from infra.local.providers.voice.call import Call
from infra.local.providers.voice.documents import Source
from infra.local.providers.voice.line import Line
from infra.local.providers.voice.outside import Outside
from infra.local.providers.voice.pace import Pace
from infra.local.providers.voice.phones import PagePhone, Phone
from infra.local.providers.voice.pieces import Piece
from infra.local.providers.voice.queues import Queues
from infra.local.providers.voice.recordings import Recordings
from infra.local.providers.voice.refusals import ORDERED
from infra.local.providers.voice.reports import Hook, Reports
from infra.local.providers.voice.rooms import Rooms

VOICE, STATUS = "/webhooks/voice", "/webhooks/voice/status"
# How the far end of a call behaves, beside what every stand-in can be ordered: `answers` picks up by itself.
FAR = frozenset({"busy", "no-answer", "failed", "answers"})
LAST_EVENT = frozenset({"completed"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A call to be placed. `hook` is told of its states; `sources` are run once somebody has picked up."""

    to: str
    sender: str
    sources: Sequence[Source]
    timeout: float
    hook: Hook = field(default_factory=lambda: Hook("", LAST_EVENT))
    fallback: str = ""
    direction: str = "outbound-api"
    parent: str = ""


class Exchange:
    def __init__(self, outside: Outside, own_number: str, public_url: str | Callable[[], str]) -> None:
        self.outside, self.own_number, self._public_url = outside, own_number, public_url
        self.orders = kit.Orders(FAR | frozenset(ORDERED) | {"absent"})
        self.pace = Pace()
        self.book, self.rooms, self.queues = Book(), Rooms(), Queues()
        self.reports = Reports(outside)
        self.recordings = Recordings(outside.recorded, lambda call: self.reports.manner(call) == "absent")
        # A phone with real sound at an address, or None where a page stands for it.
        self.elsewhere: Callable[[str], Phone | None] = lambda to: None
        self._lines: dict[str, Line] = {}
        self._lives: dict[str, asyncio.Task[None]] = {}

    def incoming(
        self, sender: str, phone: Phone | None = None, pace: Pace | None = None, **more: Any
    ) -> Call:
        """Somebody rings our number."""
        pace = pace or self.pace
        call = self.book.add(phone or PagePhone(pace), sender, self.own_number, "inbound", pace=pace, **more)
        call.status = "ringing"
        self.reports.hook(call, Hook(self._ours(STATUS), LAST_EVENT, self.orders.manner(sender)))
        self._begin(call, self._talks(call, [Source(self._ours(VOICE))]))
        return call

    def place(self, wanted: Wanted) -> Call:
        """We ring somebody."""
        phone = self.elsewhere(wanted.to) or PagePhone(self.pace)
        more = {"pace": phone.pace, "parent": wanted.parent}
        call = self.book.add(phone, wanted.sender, wanted.to, wanted.direction, **more)
        self.reports.hook(call, wanted.hook)
        self._begin(call, self._rung(call, wanted))
        return call

    def hang_up(self, call: Call) -> None:
        """From either side. A call that nobody has picked up is canceled."""
        if call.ended:
            return
        if call.rings:
            call.refuse("canceled")
            return
        if line := self._lines.get(call.sid):
            line.turned = None
        self._lives[call.sid].cancel()

    def redirect(self, call: Call, source: Source) -> bool:
        """False where the call is not in progress."""
        line = self._lines.get(call.sid)
        if line is None or call.status != "in-progress":
            return False
        line.turn(source)
        return True

    def says(self, call: Call, words: str) -> None:
        """Not as an answer to a question: into a room, where the others hear it."""
        if line := self._lines.get(call.sid):
            line.spoken(words)
        for listener in call.room.listeners(call) if call.room else ():
            listener.heard.add("person", words, who=call.number)
            self.recordings.heard(listener, Piece(text=words, language="ko-KR"))
            listener.phone.overhear(call, words)

    async def stop(self) -> None:
        """Ends every call without a word to anybody."""
        self.reports.silent = True
        lives = [life for life in self._lives.values() if not life.done()]
        for life in lives:
            life.cancel()
        await asyncio.gather(*lives, return_exceptions=True)
        await self.outside.later.stop()

    # ------------------------------------------------------------------ a call's life

    def _begin(self, call: Call, life: Coroutine[Any, Any, None]) -> None:
        self._lives[call.sid] = asyncio.create_task(life)

    async def _rung(self, call: Call, wanted: Wanted) -> None:
        for status in ("initiated", "ringing"):
            call.status = status
            self.reports.tell(call)
        self._far_end(call, wanted.hook.manner)
        try:
            await asyncio.wait_for(call.picked_up.wait(), call.pace.wait(wanted.timeout))
        except TimeoutError:
            call.refused = "no-answer"
        except asyncio.CancelledError:
            self._ended(call, "canceled")
            raise
        if call.refused:
            return self._ended(call, call.refused)
        call.answer()
        self.reports.tell(call)
        await self._talks(call, wanted.sources, wanted.fallback)

    def _far_end(self, call: Call, manner: str) -> None:
        if manner == "answers":
            call.picked_up.set()
        elif manner in FAR:
            call.refuse(manner)
        else:
            call.phone.ring(call)

    async def _talks(self, call: Call, sources: Sequence[Source], fallback: str = "") -> None:
        line = self._lines[call.sid] = Line(call, self)
        status = "completed"
        try:
            status = await line.talk(sources, fallback)
        finally:
            del self._lines[call.sid]
            self._ended(call, "canceled" if status == "completed" and not call.answered_at else status)

    def _ended(self, call: Call, status: str) -> None:
        self.recordings.finish_all(call)
        call.end(status)
        call.phone.hang_up(status)
        self.reports.tell(call)

    def _ours(self, path: str) -> str:
        base = self._public_url if isinstance(self._public_url, str) else self._public_url()
        return f"{base.rstrip('/')}{path}"
