"""The nightly check behind "zero loss": what was stored and never counted is announced again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.change import ABSENT, Put, Ref
from shared.domain.errors import Conflict, Malformed, Rejected
from shared.domain.report.checkpoint import Checked, Checkpoint, Page, sum_up
from shared.domain.report.count_fact import count_fact
from shared.domain.report.figures import Folded
from shared.domain.timeline.bus_facts import Fact, facts, state_facts
from shared.domain.timeline.entry import Entry
from shared.ports import Census, Clock, Outbox, Settings, Store

LOOK_BACK = timedelta(days=2)
SETTLED = timedelta(minutes=15)  # younger facts may still be on their way
KEPT = timedelta(days=40)
PARTS = 16  # of the table, which are read several at once
MOST_PARTS = 1000  # that are read back; a run keeps the number it began with
AT_ONCE = 100  # markers of one batch read


@dataclass(frozen=True, slots=True)
class AnnounceUncounted:
    """Every fact of the last two days that has no marker goes onto the bus once more; counting is idempotent.

    Which entries are missing nobody can know but by looking at all of them: an index would cost a
    write with every message, to answer a question that is asked once a night. A scan costs half a
    read unit per 4 KB of table, whatever it finds: 1 GB is 131,072 units, $0.016 at $0.125 a
    million; 10 GB $0.16 a night. The markers cost a unit for each fact of two days: $0.0125 per
    100,000. Past some 50 GB read the day's raw partitions instead, and the heads of who is in them.

    On a whole processor some 2,000 facts are looked at in a second: 1.7 million in a run of 15 minutes, 40
    million in the 24 of a day, which is a centre of 240 facts a second, day and night.

    A run has a name and goes on under it: each part has a checkpoint, written behind every page. A page is
    announced first and passed then, so after a crash between the two it is looked at again, and what
    was counted meanwhile is left out. Of two runs at the same page only one passes it.
    """

    store: Store
    census: Census
    outbox: Outbox
    settings: Settings
    clock: Clock

    def __call__(self, run: str, enough: Callable[[], bool] = lambda: False) -> Checked:
        """Go on with a run, or begin it, until it is done or there is `enough`. Raises TryAgain."""
        left = [part for part in self._begun(run) if not part.finished]
        for _ in self.census.together(lambda part: self._look(part, enough), left):
            pass
        return sum_up(run, self._parts(run))

    def _begun(self, run: str) -> Sequence[Checkpoint]:
        if parts := self._parts(run):
            return parts
        now = self.clock()
        span = (now - LOOK_BACK, now - SETTLED)
        begin = [Checkpoint(run, part, PARTS, *span, now + KEPT) for part in range(PARTS)]
        try:
            self.store.commit(*(Put(part, over=ABSENT) for part in begin))
        except Conflict:
            # another run of the same name began at the same moment
            return self._parts(run)
        return begin

    def _parts(self, run: str) -> Sequence[Checkpoint]:
        return self.store.find(Checkpoint, run, limit=MOST_PARTS)

    def _look(self, part: Checkpoint, enough: Callable[[], bool]) -> None:
        while not part.finished and not enough():
            page = self.census.page(part.since, part.until, part.part, part.of, part.after)
            passed = self._announced(part, page)
            try:
                self.store.commit(Put(passed, over=part.version))
            except Conflict:
                # another run has passed this page: the part is in its hands
                return
            part = passed

    def _announced(self, part: Checkpoint, page: Page) -> Checkpoint:
        found = [fact for entry in page.entries for fact in _said(entry) if self._counts(fact)]
        missing = list(self._uncounted(found))
        self._announce(missing)
        return part.past(page.after, len(found), len(missing))

    def _announce(self, missing: Sequence[Fact]) -> None:
        """Should the bus refuse one for good, the others are announced all the same: the check goes on, and
        each night counts it as missing again.
        """
        try:
            self.outbox.announce(missing)
        except Malformed:
            for fact in missing if len(missing) > 1 else ():
                self._announce([fact])

    def _counts(self, fact: Fact) -> bool:
        """Whether a marker is to be expected; the hopeless lie among the dead letters already."""
        try:
            return bool(count_fact(fact, self.settings.centre()))
        except (Rejected, ValueError, ArithmeticError):
            return False

    def _uncounted(self, found: list[Fact]) -> Iterator[Fact]:
        for start in range(0, len(found), AT_ONCE):
            chunk = found[start : start + AT_ONCE]
            refs = [Ref(Folded, fact.customer_id, fact.seq, fact.name) for fact in chunk]
            markers = self.store.get_all(*refs)
            yield from (fact for fact, marker in zip(chunk, markers, strict=True) if marker is None)


def _said(entry: Entry) -> tuple[Fact, ...]:
    """What the publisher has said about this entry by now."""
    return (*facts(entry), *state_facts(replace(entry, delivery=None), entry))
