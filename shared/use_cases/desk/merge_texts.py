"""Every night: the days that are over go into their months. And any part can be made anew from the table."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.timeline.searched import Part, is_day, month_of
from shared.domain.times import local_day
from shared.ports import Clock, Finder, Settings, Store
from shared.use_cases.desk.lines_to_index import NewKey, key_of, lines_to_index
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class MergeTexts:
    """The month is written first, then the day is emptied, if nothing came into it meanwhile. After a crash
    between the two a line lies in both, is shown once, and is merged again the next night.

    All lines are read from the table anew: what was erased is then in no part any more.
    """

    store: Store
    finder: Finder
    settings: Settings
    clock: Clock
    new_key: NewKey

    def __call__(self, enough: Callable[[], bool] = lambda: False) -> list[str]:
        """The days that were merged. What time does not suffice for is left to the next night."""
        today = local_day(self.clock(), self.settings.centre().zone).isoformat()
        merged = []
        for day in reversed([name for name in self.finder.parts() if is_day(name) and name < today]):
            if enough():
                break
            retry_on_conflict(lambda day=day: self._merge(self.finder.read(day)))  # type: ignore[misc]
            merged.append(day)
        return merged

    def rebuild(self, name: str) -> None:
        """The lines of a day or a month that still are in the table, with the key that holds now."""
        retry_on_conflict(lambda: self._write_again(self.finder.read(name)))

    def _merge(self, day: Part) -> None:
        key = key_of(self.store, self.new_key)
        lines = list(lines_to_index(self.store, key, ((one.timeline, one.seq) for one in day.lines)))
        self.finder.add(month_of(day.name), lines)
        self.finder.replace(day, ())

    def _write_again(self, part: Part) -> None:
        key = key_of(self.store, self.new_key)
        lines = ((one.timeline, one.seq) for one in part.lines)
        self.finder.replace(part, lines_to_index(self.store, key, lines))
