"""What a visitor's own screen shows while they wait: their place, the wait, and the call that is to come."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.case.attach import contact_for
from shared.domain.case.callback import AHEAD
from shared.domain.case.waiting_words import NOT_WAITING, Waits, told_later, told_waiting, waits
from shared.domain.centre import hours_of
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.customer.language import language_for
from shared.domain.hours import Span, open_spans
from shared.ports import Moment, Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.see_position import SeePosition


@dataclass(frozen=True, slots=True)
class SeeWaiting:
    """Two reads for who does not wait; SeePosition says what it costs for who does."""

    store: Store
    now: Moment

    def __call__(self, address: Address, language: str = "") -> Waits:
        found = self._contact(address)
        if found is None:
            return NOT_WAITING
        head, contact = found
        now = self.now()
        speaks = language or language_for(head, now)
        if contact.state is ContactState.LATER and contact.callback:
            return told_later(contact.callback, contact.queue, speaks, now)
        if not waits(contact):
            return NOT_WAITING
        place = SeePosition(self.store)(contact, now)
        return told_waiting(head, contact, place.position, place.about, place.wait, speaks, now)

    def times(self, address: Address) -> tuple[str, tuple[Span, ...]]:
        """When this visitor may be called, within a week, and the zone of that clock; never, for who does not
        wait.
        """
        found, now = self._contact(address), self.now()
        if found is None:
            return now.centre.zone, ()
        hours = hours_of(now.centre.queue_of(found[1].queue), now.centre)
        return hours.zone, tuple(open_spans(hours, now.at, now.at + AHEAD, hours.zone))

    def _contact(self, address: Address) -> tuple[Head, Contact] | None:
        owner = self.store.get(Ref(AddressOwner, address))
        if owner is None:
            return None
        head = head_of(self.store, owner.customer_id)
        return next(((head, one) for one in _contacts(head, address)), None)


def _contacts(head: Head, address: Address) -> Iterator[Contact]:
    """Of the exchange at this address first, else of the case that is to be called."""
    going = [(case, one) for case in head.cases for one in case.interactions if one.address == address]
    yield from (contact_for(case, one) for case, one in going)
    cases: tuple[OpenCase, ...] = head.cases
    yield from (contact for case in cases for contact in case.contacts if contact.callback)
