"""A timer: more agents may be asked for a contact from now on, so its class is to be looked at."""

from shared.domain.channel.commands import Due, Wake
from shared.domain.customer.head import ContactState
from shared.domain.routing.pool import woken
from shared.domain.timeline.append import case_of, contact_of
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of


def open_ring(store: Store, now: Moment, due: Due) -> list[Wake]:
    """Nothing for a contact that does not wait any more."""
    case = case_of(head_of(store, due.customer_id), due.case_id)
    contact = contact_of(case, due.reference) if case else None
    if contact is None or contact.state is not ContactState.WAITING:
        return []
    told = woken(contact, now())
    return [Wake(told.wake, told.queue, told.klass, told.rank)]
