"""Named queues, in which callers wait until somebody dials the queue, they leave, or they are turned."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from infra.local.providers.voice.call import Call, new_sid

if TYPE_CHECKING:
    from infra.local.providers.voice.rooms import Room

LARGEST = 1000
LONGEST_NAME = 64


@dataclass(eq=False)
class Waiter:
    """`room` is where somebody who took this caller talks with them."""

    call: Call
    queue: str
    sid: str
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    taken: asyncio.Event = field(default_factory=asyncio.Event)
    room: "Room | None" = None

    @property
    def seconds(self) -> int:
        return round((datetime.now(UTC) - self.since).total_seconds())

    def left(self, result: str) -> dict[str, str]:
        return {"QueueSid": self.sid, "QueueTime": str(self.seconds), "QueueResult": result}


class Queues:
    def __init__(self) -> None:
        self.largest = LARGEST
        self._sids: dict[str, str] = {}
        self._waiting: dict[str, list[Waiter]] = {}

    def enter(self, name: str, call: Call) -> Waiter | None:
        """None where it is full, or its name is too long."""
        line = self._waiting.setdefault(name, [])
        if len(line) >= self.largest or len(name) > LONGEST_NAME:
            return None
        waiter = Waiter(call, name, self._sids.setdefault(name, new_sid("QU")))
        line.append(waiter)
        call.queue = name
        return waiter

    def leave(self, waiter: Waiter) -> None:
        """Twice does no harm."""
        if waiter in self._waiting[waiter.queue]:
            self._waiting[waiter.queue].remove(waiter)
            waiter.call.queue = ""

    def first(self, name: str) -> Waiter | None:
        return next((one for one in self._waiting.get(name, ()) if not one.taken.is_set()), None)

    def place(self, waiter: Waiter) -> dict[str, str]:
        """What a request to waitUrl says."""
        line = self._waiting[waiter.queue]
        return {
            "QueueSid": waiter.sid,
            "QueuePosition": str(line.index(waiter) + 1 if waiter in line else 1),
            "QueueTime": str(waiter.seconds),
            "AvgQueueTime": str(round(sum(one.seconds for one in line) / max(1, len(line)))),
            "CurrentQueueSize": str(len(line)),
        }
