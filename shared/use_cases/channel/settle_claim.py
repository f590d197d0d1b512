"""A timer: a claim that nobody settled. Its message may have gone or not, and nobody sends it again."""

from dataclasses import replace

from shared.domain.change import Put, Ref
from shared.domain.channel.commands import Due
from shared.domain.timeline.entry import Delivery, Entry
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


def settle_claim(store: Store, now: Moment, due: Due) -> None:
    retry_on_conflict(lambda: _settle(store, now, due))


def _settle(store: Store, now: Moment, due: Due) -> None:
    """Nothing while a later claim runs: that one has a timer of its own."""
    entry = store.get(Ref(Entry, due.customer_id, int(due.reference)))
    if entry is None or entry.delivery is not Delivery.SENDING:
        return
    if entry.attempt_until is None or entry.attempt_until <= now().at:
        over = replace(entry, delivery=Delivery.UNKNOWN, delivery_reason="no_answer", attempt_until=None)
        store.commit(Put(replace(over, version=entry.version + 1), over=entry.version))
