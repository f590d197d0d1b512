"""A timer: a reply that was held leaves, whether or not anybody still looks at it."""

from contextlib import suppress
from dataclasses import replace

from shared.domain.change import Put, Ref
from shared.domain.channel.commands import Due
from shared.domain.errors import Conflict
from shared.domain.timeline.entry import Delivery, Entry
from shared.ports import Moment, Store


def release(store: Store, now: Moment, due: Due) -> None:
    """Late, twice, or for a reply that was taken back: nothing happens. A timer that fires some milliseconds
    early takes them off the time for second thoughts, and nothing else.
    """
    entry = store.get(Ref(Entry, due.customer_id, int(due.reference)))
    if entry and entry.delivery is Delivery.HELD:
        let_go(store, entry)


def let_go(store: Store, held: Entry) -> None:
    """Queued from now on; the table's stream has it sent, and counted. Where it is held no more, somebody was
    faster: it left, or was taken back.
    """
    with suppress(Conflict):
        store.commit(
            Put(replace(held, delivery=Delivery.QUEUED, version=held.version + 1), over=held.version)
        )
