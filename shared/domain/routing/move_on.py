"""What becomes of a contact that has waited in one place for long enough."""

from dataclasses import replace

from shared.domain.change import Change
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.now import Now
from shared.domain.routing.alone import ALONE_OVER, alone_over
from shared.domain.routing.overflow import OVERFLOW, overflowed, overflows_at, target
from shared.domain.routing.pool import Waiting, place_of, waiting_row
from shared.domain.routing.queueing import placed_again
from shared.domain.routing.requeue import in_queue, requeued

SETTINGS = "settings"


def moved_on(
    head: Head, case: OpenCase, contact: Contact, now: Now, row: Waiting | None = None, gone: bool = False
) -> Change:
    """Out of a queue that the settings have no more, into the queue that its own overflows into, or away from
    the agent it waited for alone: until then, or until they are `gone`. A row that lies elsewhere by now is
    put right. Nothing where it stays.
    """
    if contact.state is not ContactState.WAITING:
        return ()
    if now.centre.queue_of(contact.queue).name != contact.queue:
        return _into(head, case, contact, now.centre.queue_of(contact.queue).name, SETTINGS, now, row)
    over, into = overflows_at(contact, now.centre), target(contact, now.centre)
    if into and over and over <= now.at:
        return _into(head, case, contact, into.name, OVERFLOW, now, row)
    if alone_over(contact, now.at) or (gone and contact.alone_until):
        return requeued(head, case, replace(contact, alone_until=None), ALONE_OVER, now, row=row)
    if row and place_of(row) != place_of(waiting_row(case, contact, now)):
        return requeued(head, case, contact, SETTINGS, now, row=row)
    return ()


def _into(
    head: Head, case: OpenCase, contact: Contact, queue: str, reason: str, now: Now, row: Waiting | None
) -> Change:
    place = placed_again(contact, head.language, now, queue)
    been = contact.came_from if reason == OVERFLOW else ()
    if place.queue in (contact.queue, *been):  # what it overflows into is drained into its own
        return ()
    after = overflowed(in_queue(contact, place), contact)
    unknown = {"unknown": ",".join(place.unknown)} if place.unknown else {}
    return requeued(head, case, after, reason, now, row=row, told=unknown)
