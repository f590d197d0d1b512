"""What is due: an offer that ran out, an exchange that fell silent. Late, twice or needless is harmless."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.attach import silence
from shared.domain.case import Case
from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.close import abandon, abandons, end_interaction
from shared.domain.commands import Due, DueRow, Wake
from shared.domain.customer import CaseState, Head, OpenCase, OpenInteraction
from shared.domain.line import case_of
from shared.domain.now import Now
from shared.domain.times import iso
from shared.ports import Clock, Ids, Outbox, Settings, Store
from shared.use_cases.answer_offer import AnswerOffer
from shared.use_cases.change_presence import ChangePresence
from shared.use_cases.find_customer import head_of
from shared.use_cases.persist import persist

LOOK_BACK = 10
ROW_KEPT = timedelta(days=7)


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
            persist(lambda: self._silence(due))

    def sweep(self) -> None:
        """Timers of the last minutes, desks that fell silent, and a look at the pool for good measure."""
        for row in self._rows():
            self.fire(row.due)
            self.store.commit(Delete(row))
        centre = self.settings.centre()
        ChangePresence(self.store, self.settings, self.clock, self.ids).sweep(centre.pool)
        self.outbox.wake([Wake(centre.pool)])

    def _rows(self) -> Sequence[DueRow]:
        now = self.clock()
        minutes = [_minute(now - timedelta(minutes=back)) for back in range(LOOK_BACK, -1, -1)]
        rows = [row for minute in minutes for row in self.store.find(DueRow, minute)]
        return [row for row in rows if row.due.at <= now]

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
        if quiet_at > now.at:
            self._again(due, quiet_at)
        else:
            self._end(head, case, going, now)

    def _again(self, due: Due, at: datetime) -> None:
        """They spoke since: a row for the new time (nothing sends to the queue it is fed by)."""
        later = Due(at, due.what, due.customer_id, due.case_id, due.reference)
        row = DueRow(_minute(at), f"silence.{due.reference}", later, at + ROW_KEPT)
        self.store.commit(Put(row, over=ANY))

    def _end(self, head: Head, case: OpenCase, gone: OpenInteraction, now: Now) -> None:
        kept = self.store.get(Ref(Case, case.member, case.id)) if abandons(case, gone) else None
        if kept:
            self.store.commit(*abandon(head, kept, case, "", now))
        else:
            self.store.commit(*end_interaction(head, case, gone, "silence", now))


def _minute(moment: datetime) -> str:
    return iso(moment)[:16]
