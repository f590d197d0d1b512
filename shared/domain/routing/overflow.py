"""Where a contact goes that has waited long enough: another queue of its pool, in the rank it has."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.centre import Centre
from shared.domain.customer.head import Contact
from shared.domain.queue import Queue
from shared.domain.routing.needs import takes
from shared.domain.routing.pool import HEAD_START, Waiting
from shared.domain.times import from_iso

OVERFLOW = "overflow"


def overflows_at(contact: Contact, centre: Centre) -> datetime | None:
    """The moment from which it waits elsewhere; None where its queue does not overflow, or only into one
    that this contact has been in, that does not take its channel, or that another pool serves.
    """
    queue = centre.queue_of(contact.queue)
    if queue.overflow is None or target(contact, centre) is None:
        return None
    virtual = contact.enqueued_at - HEAD_START * (5 - contact.priority)
    return virtual + timedelta(seconds=queue.overflow.after_seconds)


def waited_out(row: Waiting, queue: Queue, at: datetime) -> bool:
    """Whether a contact that is found by its row has waited as long as its queue lets it."""
    over = queue.overflow
    return over is not None and from_iso(row.rank) + timedelta(seconds=over.after_seconds) <= at


def target(contact: Contact, centre: Centre) -> Queue | None:
    """Each queue takes a contact in this way once, so that no circle of queues is gone through twice."""
    queue = centre.queue_of(contact.queue)
    named = (one for one in centre.queues if queue.overflow and one.name == queue.overflow.queue)
    into = next(named, None)
    if into is None or into.pool != queue.pool or not takes(into, contact.channel):
        return None
    return None if into.name in (queue.name, *contact.came_from) else into


def overflowed(contact: Contact, before: Contact) -> Contact:
    """The contact in its new queue, in the rank it had."""
    return replace(contact, priority=before.priority, came_from=(*before.came_from, before.queue))
