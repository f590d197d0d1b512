"""The nightly check behind "zero loss": what was stored and never counted is announced again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from shared.domain.change import Ref
from shared.domain.errors import Rejected
from shared.domain.report.count_fact import count_fact
from shared.domain.report.figures import Folded
from shared.domain.timeline.bus_facts import Fact, facts, state_facts
from shared.domain.timeline.entry import Entry
from shared.ports import Census, Clock, Outbox, Settings, Store

LOOK_BACK = timedelta(days=2)
SETTLED = timedelta(minutes=15)  # younger facts may still be on their way
AT_ONCE = 100  # markers of one batch read


@dataclass(frozen=True, slots=True)
class Checked:
    """`finished` is False when time ran out before the table ended; the next run begins anew."""

    facts: int
    announced: int
    finished: bool


@dataclass(frozen=True, slots=True)
class AnnounceUncounted:
    """Every fact of the last two days that has no marker goes onto the bus once more; counting is idempotent.

    Which entries are missing nobody can know but by looking at all of them: an index would cost a
    write with every message, to answer a question that is asked once a night. A scan costs half a
    read unit per 4 KB of table, whatever it finds: 1 GB is 131,072 units, $0.016 at $0.125 a
    million; 10 GB $0.16 a night. The markers cost a unit for each fact of two days: $0.0125 per
    100,000. Past some 50 GB read the day's raw partitions instead, and the heads of who is in them.
    """

    store: Store
    census: Census
    outbox: Outbox
    settings: Settings
    clock: Clock

    def __call__(self, enough: Callable[[], bool] = lambda: False) -> Checked:
        now = self.clock()
        counted = announced = 0
        lines = self._facts(self.census.entries(now - LOOK_BACK, now - SETTLED))
        while chunk := list(islice(lines, AT_ONCE)):
            missing = self._uncounted(chunk)
            self.outbox.announce(missing)
            counted, announced = counted + len(chunk), announced + len(missing)
            if enough():
                return Checked(counted, announced, finished=False)
        return Checked(counted, announced, finished=True)

    def _facts(self, entries: Iterable[Entry]) -> Iterator[Fact]:
        return (fact for entry in entries for fact in _announced(entry) if self._counts(fact))

    def _counts(self, fact: Fact) -> bool:
        """Whether a marker is to be expected; the hopeless lie among the dead letters already."""
        try:
            return bool(count_fact(fact, self.settings.centre()))
        except (Rejected, ValueError, ArithmeticError):
            return False

    def _uncounted(self, chunk: list[Fact]) -> list[Fact]:
        refs = [Ref(Folded, fact.customer_id, fact.seq, fact.name) for fact in chunk]
        found = self.store.get_all(*refs)
        return [fact for fact, marker in zip(chunk, found, strict=True) if marker is None]


def _announced(entry: Entry) -> tuple[Fact, ...]:
    """What the publisher has said about this entry by now."""
    return (*facts(entry), *state_facts(replace(entry, delivery=None), entry))
