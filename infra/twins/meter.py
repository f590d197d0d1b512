"""Figures and pauses in memory."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from shared.domain.channel.named import Named


class MemoryMeter:
    def __init__(self) -> None:
        """`accepted` and `written` hold what was named, in order."""
        self._counts: Counter[tuple[str, frozenset[tuple[str, str]]]] = Counter()
        self.accepted: list[tuple[str, str]] = []
        self.written: list[Named] = []

    def count(self, name: str, number: int = 1, of: Sequence[str] = (), **dimensions: str) -> None:
        self._counts[name, frozenset(dimensions.items())] += number
        self.accepted += [(dimensions["channel"], one) for one in of]

    def settled(self, channel: str, at: datetime, of: Sequence[str]) -> None:
        self.written += [Named(channel, one, at) for one in of]

    def total(self, name: str, **dimensions: str) -> int:
        """The sum over everything counted with at least these dimensions."""
        asked = frozenset(dimensions.items())
        return sum(n for (counted, told), n in self._counts.items() if counted == name and asked <= told)

    def totals(self, name: str, dimension: str) -> dict[str, int]:
        """The sum for each value of one dimension."""
        sums: Counter[str] = Counter()
        for (counted, told), number in self._counts.items():
            if counted == name:
                sums.update({value: number for key, value in told if key == dimension})
        return dict(sums)


class MemoryPostpone:
    """`pauses` holds (queue, receipt, seconds) in order."""

    def __init__(self) -> None:
        self.pauses: list[tuple[str, str, int]] = []

    def __call__(self, queue: str, receipts: Sequence[str], seconds: int) -> None:
        self.pauses.extend((queue, receipt, seconds) for receipt in receipts)
