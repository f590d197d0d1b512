"""A timer: a message that waited for a customer who did not come back has failed."""

from shared.domain.change import Put, Ref
from shared.domain.channel.commands import Due
from shared.domain.channel.delivery import not_collected
from shared.domain.timeline.entry import Delivery, Entry
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


def give_up_waiting(store: Store, now: Moment, due: Due) -> None:
    retry_on_conflict(lambda: _fail(store, due))


def _fail(store: Store, due: Due) -> None:
    entry = store.get(Ref(Entry, due.customer_id, int(due.reference)))
    if entry and entry.delivery is Delivery.QUEUED:
        store.commit(Put(not_collected(entry), over=entry.version))
