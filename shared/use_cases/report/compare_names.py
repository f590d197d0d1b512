"""What has an outcome and was counted by no door: found by name, so that it hides nothing that was lost."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.change import ANY, Put, Ref
from shared.domain.channel.named import Named, as_mark, never_counted
from shared.domain.channel.receipt import Compared, Mark
from shared.ports import Clock, Journal, Settings, Store

SPAN = timedelta(hours=1)  # whose names are held at once
SETTLED = timedelta(minutes=5)  # younger lines may still be on their way into the log
FIRST = timedelta(days=1)  # how far back it begins where it never ran
KEPT = timedelta(days=6)  # the log keeps lines for 7 days at least
# A door writes its count within seconds of the acceptance; what got its outcome later than this afterwards
# (a redrive) is looked up where it was accepted.
NEAR, AROUND = timedelta(minutes=10), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CompareNames:
    """Each span is compared once, noted, and passed: after a crash the same marks are written again.

    At 100 messages a second an hour is some 360,000 lines of each kind, 200 MB of log in pages of 1 MB. What
    got its outcome and left the queue unnamed (its handler was killed between the two each time, and then the
    message was purged) is told by the sum alone.
    """

    store: Store
    journal: Journal
    settings: Settings
    clock: Clock

    def __call__(self, enough: Callable[[], bool] = lambda: False) -> int:
        """Go on from where it stopped until all is compared or there is `enough`; how many were found."""
        found = 0
        for begin, end in _spans(self._since(), self.clock() - SETTLED):
            if enough():
                break
            marks = self._marks(begin, end)
            for mark in marks:
                self.store.commit(Put(mark, over=ANY))
            self.store.commit(Put(Compared(end), over=ANY))
            found += len(marks)
        return found

    def open(self) -> tuple[Mark, ...]:
        """What is found behind that, up to this moment. Not written: lines of the last minutes may be
        missing, and a count that comes late would be denied for ever.
        """
        spans = _spans(self._since(), self.clock() + AROUND)
        return tuple(mark for begin, end in spans for mark in self._marks(begin, end))

    def _since(self) -> datetime:
        now, passed = self.clock(), self.store.get(Ref(Compared))
        return max(passed.until, now - KEPT) if passed else now - FIRST

    def _marks(self, begin: datetime, end: datetime) -> tuple[Mark, ...]:
        centre = self.settings.centre()
        kept = timedelta(days=centre.receipt_days)
        return tuple(as_mark(one, centre.zone, kept) for one in self._found(begin, end))

    def _found(self, begin: datetime, end: datetime) -> Iterator[Named]:
        near = never_counted(
            self.journal.settled(begin, end), _names(self.journal.accepted(begin - NEAR, end))
        )
        late: dict[datetime, list[Named]] = {}
        for one in near:
            if one.at >= begin - NEAR + AROUND:
                yield one
            elif one.at > self.clock() - KEPT:
                late.setdefault(one.at, []).append(one)
        for at, those in late.items():
            yield from never_counted(those, _names(self.journal.accepted(at - AROUND, at + NEAR)))


def _names(accepted: Iterable[Named]) -> set[tuple[str, str]]:
    return {(one.channel, one.name) for one in accepted}


def _spans(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    while begin < end:
        yield begin, (until := min(begin + SPAN, end))
        begin = until
