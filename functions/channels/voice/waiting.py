"""What is known of a caller in the queue: read from the table, and imported when somebody waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.channels.voice.asked import Asked
from shared.domain.address.address import Address
from shared.domain.address.phone import caller, canonical
from shared.domain.address.way import Way
from shared.domain.case.attach import contact_for
from shared.domain.case.callback import number_in, promise, wrong_number
from shared.domain.case.notice import is_served
from shared.domain.case.waiting_words import Waits, told_waiting, waits
from shared.domain.change import Ref
from shared.domain.customer.callback import Callback
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Contact, Head
from shared.domain.now import Now
from shared.domain.words.to_callers import tell
from shared.ports import Store
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.see_position import SeePosition


@dataclass(frozen=True, slots=True)
class Waiting:
    """The caller's contact, which waits. `told` is what they hear of it, `calls` whether they may be called
    instead.
    """

    contact: Contact
    told: Waits
    calls: bool


def waiting(asked: Asked, language: str, store: Store, now: Now) -> Waiting | None:
    """None for whom nothing is known of, or not any more."""
    found = _contact(asked, store, now)
    if found is None or not waits(found[1]):
        return None
    head, contact = found
    seen = SeePosition(store)(contact, now)
    told = told_waiting(head, contact, seen.position, seen.about, seen.wait, language, now)
    words = told.words if is_served(contact.queue, now) else tell("closed", language)
    calls = told.offers and not contact.callback and not wrong_number(address_of(asked, now), now)
    return Waiting(contact, Waits(told.state, words, told.offers, told.every), calls)


def address_of(asked: Asked, now: Now) -> Address:
    return canonical(caller(asked.customer, asked.sid), now.centre.phone_region, asked.sid)


def promised(asked: Asked, waits: Waiting, language: str, now: Now) -> str:
    return promise(Callback(address_of(asked, now)), waits.contact.queue, language, now)


def promise_by_flow(asked: Asked, typed: Sequence[str], queue: str, language: str, now: Now) -> str:
    """Of a menu that ends in a call; "" where the queue makes none, or there is no number to call."""
    number = number_in(typed, Way(address=address_of(asked, now)), now)
    if number is None or not now.centre.queue_of(queue).callback:
        return ""
    return promise(Callback(number), queue, language, now)


def _contact(asked: Asked, store: Store, now: Now) -> tuple[Head, Contact] | None:
    """Of the exchange that is this call."""
    member = asked.place.member if asked.place else ""
    owner = None if member else store.get(Ref(AddressOwner, address_of(asked, now)))
    if not (member or owner):
        return None
    head = head_of(store, member or (owner.customer_id if owner else ""))
    going = ((case, one) for case in head.cases for one in case.interactions if one.way.thread == asked.sid)
    return next(((head, contact_for(case, one)) for case, one in going), None)
