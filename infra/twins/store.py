"""The table's twin in memory: the same answers as the adapter, in microseconds."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from shared.adapters.benches import in_order
from shared.adapters.table import key, prefix, ref_of
from shared.domain.change import Add, Delete, Over, Put, Ref, Write
from shared.domain.errors import Conflict
from shared.domain.routing.seats import Bench, Seat
from shared.domain.timeline.entry import Entry

T = TypeVar("T")
Written = tuple[Any | None, Any | None]
MOST_WRITES = 100


class MemoryStore:
    """`changes` holds (before, after) of every item written, in commit order, as the table's stream does
    (None for what was not or is no more; a write that changes nothing leaves no trace). `stream` holds
    the entries of it.
    """

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], Any] = {}
        self.stream: list[tuple[Entry | None, Entry]] = []
        self.changes: list[Written] = []
        self.commits: list[tuple[Write, ...]] = []
        self.before_commit: Callable[[tuple[Write, ...]], None] | None = None
        self._lock = threading.RLock()

    def get(self, ref: Ref[T]) -> T | None:
        return self.items.get(key(ref))

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        return tuple(self.items.get(key(ref)) for ref in refs)

    def find(
        self,
        kind: type[T],
        *partition: object,
        after: str = "",
        limit: int = 100,
        newest_first: bool = False,
        strong: bool = True,
    ) -> tuple[T, ...]:
        pk, start = prefix(kind, *partition)
        keys = list(self.items)  # a copy: another thread may write meanwhile
        rows = sorted(k for k in keys if k[0] == pk and k[1].startswith(start) and k[1] > start + after)
        kept = (self.items.get(k) for k in (reversed(rows) if newest_first else rows))
        found = [item for item in kept if item is not None]
        return tuple(item for item in found[:limit] if isinstance(item, kind))

    def count(self, kind: type, *partition: object, before: str = "", limit: int = 100) -> int:
        pk, start = prefix(kind, *partition)
        below = start + (before or "\uffff")
        return min(limit, sum(k[0] == pk and start <= k[1] < below for k in list(self.items)))

    def commit(self, *writes: Write) -> None:
        """Raises ValueError for what DynamoDB takes from nobody: an item twice, or more than 100. Seats of
        one bench are one write of the adapter's.
        """
        items = [key(ref_of(write.item)) for write in writes if not isinstance(write.item, Seat)]
        seats = [(key(ref_of(one.item)), one.item.agent_id) for one in writes if isinstance(one.item, Seat)]
        if len({*items, *seats}) < len(writes) or len(writes) > MOST_WRITES:
            raise ValueError(f"{len(writes)} writes to {len({*items, *seats})} items")
        if self.before_commit:
            hook, self.before_commit = self.before_commit, None
            hook(writes)
        with self._lock:
            failed = tuple(i for i, write in enumerate(writes) if not self._holds(write))
            if failed:
                raise Conflict(failed)
            for write in writes:
                self._apply(write)
            self.commits.append(writes)

    def _holds(self, write: Write) -> bool:
        if isinstance(write, Add):
            return True
        stored = self.items.get(key(ref_of(write.item)))
        if isinstance(write.item, Seat):
            stored = _seat_of(stored, write.item)
        if isinstance(write.over, int):
            return stored is not None and stored.version == write.over
        return {Over.ABSENT: stored is None, Over.PRESENT: stored is not None, Over.ANY: True}[write.over]

    def _apply(self, write: Write) -> None:
        where = key(ref_of(write.item))
        before = self.items.get(where)
        if isinstance(write.item, Seat):
            self.items[where] = _seated(before, write.item, there=isinstance(write, Put))
        elif isinstance(write, Put):
            self.items[where] = write.item
        elif isinstance(write, Delete):
            self.items.pop(where, None)
        else:
            base: Any = before or write.item
            sums = {name: getattr(base, name) + n for name, n in write.amounts.items()}
            self.items[where] = replace(base, **sums)
        self._tell(before, self.items.get(where))

    def _tell(self, before: Any | None, after: Any | None) -> None:
        if before != after:
            self.changes.append((before, after))
        if isinstance(after, Entry):
            self.stream.append((before, after))


def _seated(bench: Bench | None, seat: Seat, there: bool) -> Bench:
    """The bench with this agent's seat in it, or without."""
    known = bench or Bench(seat.pool, seat.bench)
    others = (one for one in known.seats if one.agent_id != seat.agent_id)
    return replace(known, seats=in_order((*others, seat) if there else others))


def _seat_of(bench: Bench | None, seat: Seat) -> Seat | None:
    return next((one for one in bench.seats if one.agent_id == seat.agent_id), None) if bench else None
