"""What the publisher handed on, in memory. Far timers become rows in the store, as they do on AWS."""

from collections.abc import Sequence
from datetime import datetime

from shared.domain.change import ANY, Put
from shared.domain.channel.commands import Due, FetchPart, Send, Wake, delayed, due_row, in_row
from shared.domain.errors import ChannelOff, TryAgain
from shared.domain.timeline.bus_facts import Fact
from shared.ports import Store


class MemoryOutbox:
    """`sends` holds (channel, command, group); the next `refusing` calls fail; `off` holds channels without
    a queue.
    """

    def __init__(self, store: Store | None = None) -> None:
        self.sends: list[tuple[str, Send, str]] = []
        self.fetches: list[FetchPart] = []
        self.wakes: list[Wake] = []
        self.dues: list[Due] = []
        self.facts: list[Fact] = []
        self.parked: list[tuple[str, str]] = []
        self.refusing = 0
        self.off: set[str] = set()
        self._store = store

    def send(self, channel: str, commands: Sequence[Send], groups: Sequence[str]) -> None:
        self._maybe_refuse()
        if channel in self.off:
            raise ChannelOff(f"{channel} is switched off")
        self.sends.extend((channel, *pair) for pair in zip(commands, groups, strict=True))

    def fetch(self, commands: Sequence[FetchPart]) -> None:
        self._maybe_refuse()
        self.fetches.extend(commands)

    def wake(self, wakes: Sequence[Wake]) -> None:
        self._maybe_refuse()
        self.wakes.extend(wakes)

    def arm(self, dues: Sequence[Due], now: datetime) -> None:
        self._maybe_refuse()
        for due in dues:
            if self._store and in_row(due, now):
                self._store.commit(Put(due_row(due, now), ANY))
            if self._store is None or delayed(due, now):
                self.dues.append(due)

    def announce(self, facts: Sequence[Fact]) -> None:
        self._maybe_refuse()
        self.facts.extend(facts)

    def park(self, record: str, reason: str) -> None:
        self._maybe_refuse()
        self.parked.append((record, reason))

    def _maybe_refuse(self) -> None:
        if self.refusing:
            self.refusing -= 1
            raise TryAgain("the service did not answer")
