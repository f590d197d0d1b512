"""Figures and pauses in memory."""

from collections import Counter
from collections.abc import Sequence


class MemoryMeter:
    def __init__(self) -> None:
        self._counts: Counter[tuple[str, frozenset[tuple[str, str]]]] = Counter()

    def count(self, name: str, number: int = 1, **dimensions: str) -> None:
        self._counts[name, frozenset(dimensions.items())] += number

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
