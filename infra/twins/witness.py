"""The ledger's witnesses in memory: the doors' count is the meter's, what waits is set by the test."""

from collections.abc import Mapping
from datetime import datetime

from infra.twins.meter import MemoryMeter


class MemoryWitness:
    def __init__(self, meter: MemoryMeter | None = None) -> None:
        self._meter = meter or MemoryMeter()
        self.lying = 0

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Everything ever counted: the meter knows no time."""
        return self._meter.totals("Accepted", "channel")

    def waiting(self) -> int:
        return self.lying
