"""What is due: an offer that ran out, an exchange that fell silent. Late, twice or needless is harmless."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.case.attach import silence
from shared.domain.case.close import abandon, abandons, end_interaction
from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.channel.commands import ROW_KEPT, Due, DueRow, Swept, Wake, due_row, minute_of
from shared.domain.channel.delivery import not_collected
from shared.domain.customer.head import CaseState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import case_of
from shared.domain.timeline.entry import Delivery, Entry
from shared.ports import Clock, Ids, Outbox, Settings, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.withdraw_offer import withdraw_offer

MINUTE = timedelta(minutes=1)
LOOK_BACK = 10 * MINUTE  # of the very first round
STILL_COMING = 2 * MINUTE  # into minutes younger than that a clock that is behind may yet write a row
AT_ONCE = 240 * MINUTE  # a longer standstill is made up for in several rounds
PUT_OFF = 5 * MINUTE
PAGE = 100


@dataclass(frozen=True, slots=True)
class KeepTime:
    """`fire` takes one timer, `sweep` is the minute's round."""

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids
    outbox: Outbox

    def fire(self, due: Due) -> None:
        if due.what == "offer":
            self._offer(due)
        elif due.what == "silence":
            retry_on_conflict(lambda: self._silence(due))
        elif due.what == "collect":
            retry_on_conflict(lambda: self._collect(due))

    def sweep(self) -> None:
        """Work of agents who are gone, a look at the pool, and timers: whatever becomes of one, the others
        are done. What failed is raised in the end.
        """
        centre = self.settings.centre()
        presence = ChangePresence(self.store, self.settings, self.clock, self.ids)
        with ExitStack() as last_comes_first:
            last_comes_first.callback(self._rounds)
            last_comes_first.callback(self.outbox.wake, [Wake(centre.pool)])
            last_comes_first.callback(presence.sweep, centre.pool)

    def _rounds(self) -> None:
        """Every minute since the last round, however long ago that was."""
        now = self.clock()
        swept = self.store.get(Ref(Swept))
        begin = max(swept.until, now - ROW_KEPT) if swept else now - LOOK_BACK
        end = min(now, begin + AT_ONCE)
        failed = [error for row in self._rows(begin, end) if (error := self._fired(row))]
        self.store.commit(Put(Swept(max(begin, min(end, now - STILL_COMING))), over=ANY))
        if failed:
            raise failed[0]

    def _rows(self, begin: datetime, end: datetime) -> Iterator[DueRow]:
        minutes = range((end - begin) // MINUTE + 2)
        for minute in (minute_of(begin + n * MINUTE) for n in minutes):
            yield from (row for row in self._of(minute) if row.due.at <= self.clock())

    def _of(self, minute: str) -> Iterator[DueRow]:
        rows = self.store.find(DueRow, minute, limit=PAGE)
        while rows:
            yield from rows
            rows = self.store.find(DueRow, minute, after=rows[-1].id, limit=PAGE) if len(rows) == PAGE else ()

    def _fired(self, row: DueRow) -> Exception | None:
        """What fails is put off, so that it holds up nobody; it ends when the row expires."""
        try:
            self.fire(row.due)
        except Refused:
            pass  # whom it was about is gone
        except Exception as error:
            later = replace(row, minute=minute_of(self.clock() + PUT_OFF))
            self.store.commit(Put(later, over=ANY), Delete(row))
            return error
        self.store.commit(Delete(row))
        return None

    def _offer(self, due: Due) -> None:
        head = head_of(self.store, due.customer_id)
        case = case_of(head, due.case_id)
        if case and case.state is CaseState.OFFERED and case.offer_id == due.reference:
            AnswerOffer(self.store, self.settings, self.clock, self.ids).expire(case.owner, due.reference)

    def _silence(self, due: Due) -> None:
        head = head_of(self.store, due.customer_id)
        case = case_of(head, due.case_id)
        going = next((i for i in case.interactions if i.id == due.reference), None) if case else None
        if case is None or going is None:
            return
        now = Now(self.clock(), self.ids, self.settings.centre())
        quiet_at = going.last_at + silence(going.channel, now)
        if quiet_at > now.at:  # they spoke since; a row, as nothing sends to the queue it is fed by
            self.store.commit(Put(due_row(replace(due, at=quiet_at)), over=ANY))
        else:
            self._end(head, case, going, now)

    def _end(self, head: Head, case: OpenCase, gone: OpenInteraction, now: Now) -> None:
        withdraw_offer(self.store, head, case, gone, now)
        kept = self.store.get(Ref(Case, case.member, case.id)) if abandons(case, gone) else None
        if kept:
            self.store.commit(*abandon(head, kept, case, "", now))
        else:
            self.store.commit(*end_interaction(head, case, gone, "silence", now))

    def _collect(self, due: Due) -> None:
        entry = self.store.get(Ref(Entry, due.customer_id, int(due.reference)))
        if entry and entry.delivery is Delivery.QUEUED:
            self.store.commit(Put(not_collected(entry), over=entry.version))
