"""The ledger's witnesses in memory: the doors' count is the meter's, what waits is set by the test."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from infra.twins.meter import MemoryMeter
from shared.domain.channel.named import Named


class MemoryWitness:
    def __init__(self, meter: MemoryMeter | None = None) -> None:
        self._meter = meter or MemoryMeter()
        self.lying = 0

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Everything ever counted: the meter knows no time."""
        return self._meter.totals("Accepted", "channel")

    def waiting(self) -> int:
        return self.lying


class MemoryJournal:
    """Everything ever written, whatever the span: the meter knows no time."""

    def __init__(self, meter: MemoryMeter) -> None:
        self._meter = meter

    def accepted(self, begin: datetime, end: datetime) -> Iterable[Named]:
        return [Named(channel, name, begin) for channel, name in self._meter.accepted]

    def settled(self, begin: datetime, end: datetime) -> Iterable[Named]:
        return tuple(self._meter.written)
