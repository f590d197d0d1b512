"""ULIDs one after another: the same run gives the same ids."""

from shared.domain.ids import ulid
from shared.ports import Clock


class CountedIds:
    def __init__(self, clock: Clock) -> None:
        self._clock, self._made = clock, 0

    def __call__(self) -> str:
        self._made += 1
        return ulid(self._clock(), self._made.to_bytes(10, "big"))
