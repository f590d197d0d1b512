"""What is due: an offer that ran out, an exchange that fell silent. Late, twice or needless is harmless."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.case.snooze import SNOOZE
from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.channel.commands import ROW_KEPT, Due, DueRow, Swept, minute_of
from shared.domain.errors import Refused
from shared.domain.routing.phone import LEG
from shared.domain.routing.queueing import RING
from shared.domain.routing.seats import OpenClass
from shared.domain.timeline.entry import RELEASE
from shared.ports import AtOnce, Moment, Outbox, Store
from shared.use_cases.at_once import one_after_another
from shared.use_cases.call.look_at_legs import look_at_legs
from shared.use_cases.case.announce import announce
from shared.use_cases.case.callback_due import callback_due
from shared.use_cases.case.end_silent import end_silent
from shared.use_cases.case.expire_flow import expire_flow
from shared.use_cases.case.snooze_case import snooze_over
from shared.use_cases.channel.give_up_waiting import give_up_waiting
from shared.use_cases.channel.release_reply import release
from shared.use_cases.channel.settle_claim import settle_claim
from shared.use_cases.routing.expire_offer import expire_offer
from shared.use_cases.routing.find_in_vain import find_in_vain
from shared.use_cases.routing.move_former import MoveFormer
from shared.use_cases.routing.move_on import MoveOn, move_on
from shared.use_cases.routing.open_ring import open_ring
from shared.use_cases.routing.sweep_pool import SweepPool
from shared.use_cases.routing.sweep_presence import SweepPresence
from shared.use_cases.routing.wrap_up import end_wrap_up

MINUTE = timedelta(minutes=1)
LATELY = 10 * MINUTE  # what each round looks at, however far it is behind with the rest
STILL_COMING = 2 * MINUTE  # into minutes younger than that a clock that is behind may yet write a row
AT_ONCE = 240 * MINUTE  # a longer standstill is made up for in several rounds
PUT_OFF = 5 * MINUTE
PAGE = 100


Fire = Callable[[Store, Moment, Due], None]
TIMERS: dict[str, Fire] = {
    "offer": expire_offer,
    "wrap": end_wrap_up,
    "silence": end_silent,
    "flow": expire_flow,
    "collect": give_up_waiting,
    "claim": settle_claim,
    "callback": callback_due,
    "announce": announce,
    "alone": move_on,
    "overflow": move_on,
    SNOOZE: snooze_over,
    RELEASE: release,
    LEG: look_at_legs,
}


@dataclass(frozen=True, slots=True)
class KeepTime:
    """`fire` takes one timer, `sweep` is the minute's round. `in_vain` is told of the classes that nobody who
    is logged in could ever serve, pool by pool.
    """

    store: Store
    now: Moment
    outbox: Outbox
    at_once: AtOnce = one_after_another
    in_vain: Callable[[Sequence[OpenClass]], None] = lambda classes: None

    def fire(self, due: Due) -> None:
        """A timer of an unknown kind is done with: there is nothing it could do."""
        if due.what == RING:
            self.outbox.wake(open_ring(self.store, self.now, due))
        elif due.what in TIMERS:
            TIMERS[due.what](self.store, self.now, due)

    def sweep(self, over: Callable[[], bool] = lambda: False) -> None:
        """Work of agents who are gone, contacts that waited long enough, a look at every pool, and timers:
        whatever becomes of one, the others are done. What failed is raised in the end. When the time is
        `over`, the next round takes the rest.
        """
        pools = self.now().centre.pools
        with ExitStack() as last_comes_first:
            last_comes_first.callback(self._rounds, over)
            for pool in pools:
                last_comes_first.callback(self._wake, pool)
                last_comes_first.callback(MoveOn(self.store, self.now), pool)
                last_comes_first.callback(self._agents, pool)
                last_comes_first.callback(MoveFormer(self.store, self.now), pool)

    def _agents(self, pool: str) -> None:
        agents = SweepPresence(self.store, self.now)(pool)
        if found := find_in_vain(self.store, pool, agents, self.now()):
            self.in_vain(found)

    def _wake(self, pool: str) -> None:
        self.outbox.wake(SweepPool(self.store, self.now)(pool))

    def _rounds(self, over: Callable[[], bool]) -> None:
        """Every minute since the last round, however long ago that was: since rows are kept, for the first
        one. Where much is to be made up for, the present comes first.
        """
        now = self.now().at
        swept = self.store.get(Ref(Swept))
        begin = max(swept.until, now - ROW_KEPT) if swept else now - ROW_KEPT
        end = min(now, begin + AT_ONCE)
        failed: list[Exception] = []
        if end < now:
            self._through(max(end, now - LATELY), now, over, failed)
        end = self._through(begin, end, over, failed)
        self.store.commit(Put(Swept(max(begin, min(end, now - STILL_COMING))), over=ANY))
        if failed:
            raise failed[0]

    def _through(
        self, begin: datetime, end: datetime, over: Callable[[], bool], failed: list[Exception]
    ) -> datetime:
        """How far we came; what failed is added to `failed`."""
        for minute, page in self._pages(begin, end):
            if over():
                return minute
            failed += [error for error in self.at_once(self._fired, page) if error]
        return end

    def _pages(self, begin: datetime, end: datetime) -> Iterator[tuple[datetime, list[DueRow]]]:
        """What is due by now, a page of one minute's rows at a time, each with a moment of that minute."""
        for minute in (begin + n * MINUTE for n in range((end - begin) // MINUTE + 2)):
            for rows in self._of(minute_of(minute)):
                yield minute, [row for row in rows if row.due.at <= self.now().at]

    def _of(self, minute: str) -> Iterator[Sequence[DueRow]]:
        rows = self.store.find(DueRow, minute, limit=PAGE)
        while rows:
            yield rows
            rows = self.store.find(DueRow, minute, after=rows[-1].id, limit=PAGE) if len(rows) == PAGE else ()

    def _fired(self, row: DueRow) -> Exception | None:
        """A timer that fails is put off, so that the others are not held up; it ends when its row expires."""
        try:
            self.fire(row.due)
        except Refused:
            pass  # whom it was about is gone
        except Exception as error:
            later = replace(row, minute=minute_of(self.now().at + PUT_OFF))
            self.store.commit(Put(later, over=ANY), Delete(row))
            return error
        self.store.commit(Delete(row))
        return None
