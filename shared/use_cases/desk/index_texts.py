"""What was written becomes findable: lines of which the bus told, into the parts of their days."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.searched import FACTS, Indexed, day_of, indexed
from shared.ports import Finder, Settings, Store
from shared.use_cases.desk.lines_to_index import NewKey, each_once, entries_of, key_of


@dataclass(frozen=True, slots=True)
class IndexTexts:
    """A batch that comes again, or twice at once, changes nothing: a part holds each line once."""

    store: Store
    finder: Finder
    settings: Settings
    new_key: NewKey

    def __call__(self, facts: Sequence[Fact]) -> int:
        """How many lines there were to be found. Raises TryAgain and Conflict, whereupon some may be in."""
        lines = each_once([(fact.customer_id, fact.seq) for fact in facts if fact.name in FACTS])
        key, zone = key_of(self.store, self.new_key), self.settings.centre().zone
        days: dict[str, list[Indexed]] = {}
        for entry in sorted(entries_of(self.store, lines), key=lambda entry: entry.at):
            days.setdefault(day_of(entry.at, zone), []).append(indexed(entry, key))
        for day, its in days.items():
            self.finder.add(day, its)
        return sum(map(len, days.values()))
