"""A store that counts what it is asked, and what its reads cost: half where they may be a moment old."""

from collections import Counter
from typing import Any

from infra.cost.units import item_size
from infra.twins.store import MemoryStore
from shared.domain.change import Ref

READ_UNIT = 4096  # bytes


class CountingStore(MemoryStore):
    """Requests by name, rows found by kind, and read units."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.units: float = 0

    def forget(self) -> None:
        self.asked.clear()
        self.found.clear()
        self.units = 0

    def get(self, ref: Ref[Any]) -> Any:
        return self._read("get", [super().get(ref)])[0]

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        self.asked["get_all"] += 1
        rows: tuple[Any, ...] = super().get_all(*refs, strong=strong)
        self.units += sum(_units(item_size(row)) for row in rows if row) * share_of(strong)
        return rows

    def find(self, kind: type[Any], *partition: object, **told: Any) -> tuple[Any, ...]:
        rows = super().find(kind, *partition, **told)
        return tuple(self._read("find", rows, share_of(told.get("strong", True))))

    def commit(self, *writes: Any) -> None:
        self.asked["commit"] += 1
        super().commit(*writes)

    @property
    def requests(self) -> int:
        return self.asked.total()

    def _read(self, name: str, rows: Any, share: float = 1) -> Any:
        """A query is billed by the bytes of all its rows together."""
        self.asked[name] += 1
        self.found.update(type(row).__name__ for row in rows if row)
        self.units += _units(sum(item_size(row) for row in rows if row)) * share
        return rows


def share_of(strong: bool) -> float:
    return 1 if strong else 0.5


def _units(size: int) -> int:
    return max(1, -(-size // READ_UNIT))
