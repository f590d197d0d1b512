"""What did not become an entry: kept raw, with its reason and a line in the day's ledger."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.case.receive import receipt
from shared.domain.change import ABSENT, ANY, Change, Put, Ref
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Mark, Outcome, Receipt
from shared.domain.now import Now
from shared.domain.times import local_day
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class SetAside:
    """Ignored, rejected or seen before. Called again for the same acceptance, it changes nothing."""

    store: Store
    now: Moment

    def __call__(self, raw: Raw, outcome: Outcome, reason: str) -> Outcome:
        now = self.now(raw.accepted_at)

        def once() -> Outcome:
            seen = self.store.get(Ref(Receipt, raw.channel, raw.event_id))
            if seen:
                return self.again(raw, seen, now)
            self.store.commit(*put_aside(raw, outcome, reason, now))
            return outcome

        return retry_on_conflict(once)

    def again(self, raw: Raw, seen: Receipt, now: Now) -> Outcome:
        """The copy that was taken, again: nothing. Another copy: a duplicate, marked once."""
        if seen.acceptance == raw.acceptance:
            return seen.outcome
        self.store.commit(Put(mark(raw, Outcome.DUPLICATE, "seen_before", now), over=ANY))
        return Outcome.DUPLICATE


def mark(raw: Raw, outcome: Outcome, reason: str, now: Now) -> Mark:
    day = str(local_day(raw.accepted_at, now.centre.zone))
    expires = raw.accepted_at + timedelta(days=now.centre.receipt_days)
    return Mark(day, raw.channel, outcome, raw.acceptance, raw.event_id, reason, raw.accepted_at, expires)


def put_aside(raw: Raw, outcome: Outcome, reason: str, now: Now) -> Change:
    """The receipt first."""
    return (
        Put(receipt(raw, outcome, reason, now), over=ABSENT),
        Put(mark(raw, outcome, reason, now), over=ANY),
    )
