"""Conferences: who is in, who hears whom, when one begins and when it ends.

https://www.twilio.com/docs/voice/twiml/conference
"""

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.providers.voice.call import Call, Key, new_sid

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line


@dataclass(eq=False)
class Participant:
    """`coach` is the call that alone hears this one."""

    call: Call
    starts: bool = True
    ends: bool = False
    muted: bool = False
    coach: str = ""


@dataclass(eq=False)
class Room:
    name: str
    sid: str = field(default_factory=lambda: new_sid("CF"))
    inside: list[Participant] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def enter(self, one: Participant) -> None:
        """It begins with two inside, one of whom starts it."""
        self.inside.append(one)
        one.call.room = self
        if len(self.inside) > 1 and any(other.starts for other in self.inside):
            self.begun.set()

    def leave(self, one: Participant) -> None:
        self.inside.remove(one)
        one.call.room = None
        if one.ends or not self.inside:
            self.over.set()

    def listeners(self, speaker: Call) -> tuple[Call, ...]:
        """Who hears this call now."""
        said = next((one for one in self.inside if one.call is speaker), None)
        if said is None or said.muted or not self.begun.is_set():
            return ()
        others: Iterable[Participant] = (one for one in self.inside if one is not said)
        return tuple(one.call for one in others if not said.coach or one.call.sid == said.coach)

    async def stay(self, line: "Line", ends: bool = False, star: bool = False) -> None:
        """As a plain party of two: returns when it is over (or the star was pressed)."""
        await self.visit(line, Participant(line.call, ends=ends), star)

    async def visit(self, line: "Line", one: Participant, star: bool = False) -> None:
        self.enter(one)
        ways: list[Coroutine[Any, Any, object]] = [self.over.wait()]
        leaving = {asyncio.create_task(way) for way in ways + ([_star(line.call)] if star else [])}
        try:
            await asyncio.wait(leaving, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in leaving:
                task.cancel()
            self.leave(one)
            line.exchange.rooms.tidy(self)


async def _star(call: Call) -> None:
    while await call.input.get() != Key("*"):
        continue


class Rooms:
    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def named(self, name: str) -> Room:
        return self._rooms.setdefault(name, Room(name))

    def private(self) -> Room:
        """For two who were bridged."""
        return self.named(new_sid("bridge "))

    def tidy(self, room: Room) -> None:
        """One that is over is forgotten: the same name is a new conference."""
        if room.over.is_set():
            self._rooms.pop(room.name, None)
