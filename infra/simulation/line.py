"""The contacts that wait in a simulated centre: rows by class, in order, as the table keeps them."""

from bisect import bisect_left, bisect_right, insort

from shared.domain.routing.class_waits import ROWS, Wanted
from shared.domain.routing.pool import Waiting, class_of
from shared.domain.routing.seats import OpenClass


class Line:
    """Bounds are exact, and no class is empty."""

    def __init__(self) -> None:
        self._classes: dict[tuple[str, str], list[tuple[str, Waiting]]] = {}

    def __bool__(self) -> bool:
        return bool(self._classes)

    def put(self, row: Waiting) -> None:
        rows = self._classes.setdefault((row.queue, class_of(row.channel, row.needs)), [])
        insort(rows, (_key(row), row), key=lambda one: one[0])

    def take(self, row: Waiting) -> None:
        kind = row.queue, class_of(row.channel, row.needs)
        rows = self._classes[kind]
        del rows[bisect_left(rows, _key(row), key=lambda one: one[0])]
        if not rows:
            del self._classes[kind]

    def opened(self) -> tuple[OpenClass, ...]:
        return tuple(OpenClass(*kind, rows[0][1].rank) for kind, rows in self._classes.items())

    def page(self, wanted: Wanted) -> list[Waiting]:
        rows = self._classes.get((wanted.queue, wanted.klass), [])
        start = bisect_right(rows, wanted.after, key=lambda one: one[0])
        return [row for _, row in rows[start : start + ROWS]]


def _key(row: Waiting) -> str:
    return f"{row.rank}#{row.interaction_id}"
