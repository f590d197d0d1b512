"""The whole index of texts anew from the table: once for what was written before there was one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import day_of, is_searched, month_of
from shared.domain.times import local_day
from shared.ports import Census, Clock, Finder, Settings, Store
from shared.use_cases.desk.lines_to_index import Line, NewKey, each_once, key_of, lines_to_index
from shared.use_cases.retry_on_conflict import retry_on_conflict

PARTS = 4  # of the table
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def all_entries(census: Census, until: datetime) -> Iterator[Entry]:
    """What ever was written, page by page and in no order."""
    for part in range(PARTS):
        after, more = "", True
        while more:
            page = census.page(EVER, until, part, PARTS, after)
            yield from page.entries
            after, more = page.after, bool(page.after)


@dataclass(frozen=True, slots=True)
class RebuildTexts:
    """Today's lines go into today's part, older ones into their months, each part in the order of time. What
    came into a part while the table was read stays in it. In memory lie the names of all lines, no texts.
    """

    store: Store
    finder: Finder
    settings: Settings
    clock: Clock
    new_key: NewKey

    def __call__(self, entries: Iterable[Entry]) -> int:
        """Of all `entries` there are, how many can be found then. Again changes nothing. Raises TryAgain."""
        parts = self._parts(entries)
        for name, lines in sorted(parts.items()):
            retry_on_conflict(lambda name=name, lines=lines: self._write(name, lines))  # type: ignore[misc]
        return sum(map(len, parts.values()))

    def _parts(self, entries: Iterable[Entry]) -> dict[str, list[Line]]:
        """The lines of each part, oldest first."""
        zone = self.settings.centre().zone
        today = local_day(self.clock(), zone).isoformat()
        found: dict[str, list[tuple[datetime, Line]]] = {}
        for one in filter(is_searched, entries):
            day = day_of(one.at, zone)
            name = day if day >= today else month_of(day)
            found.setdefault(name, []).append((one.at, (one.timeline, one.seq)))
        return {name: each_once([line for _, line in sorted(lines)]) for name, lines in found.items()}

    def _write(self, name: str, lines: list[Line]) -> None:
        part = self.finder.read(name)
        there = [(one.timeline, one.seq) for one in part.lines]
        key = key_of(self.store, self.new_key)
        self.finder.replace(part, lines_to_index(self.store, key, each_once([*lines, *there])))
