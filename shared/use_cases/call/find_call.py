"""A call of a customer, under whichever of their members it lies."""

from collections.abc import Iterable

from shared.domain.call.leg_words import calls_channel
from shared.domain.change import Ref
from shared.domain.customer.call import Call
from shared.domain.customer.head import Head, OpenCase
from shared.domain.now import Now
from shared.ports import Store


def call_of(store: Store, head: Head, interaction_id: str) -> Call | None:
    """None for an exchange that is no call."""
    return next(iter(call_in(store, head, interaction_id)), None)


def calls_of(store: Store, known: Iterable[tuple[Head, OpenCase]], now: Now) -> tuple[Call, ...]:
    """The calls of these open cases, in one read; none where the centre has no telephone."""
    if not calls_channel(now):
        return ()
    refs = {
        (member, contact.interaction_id): Ref(Call, member, contact.interaction_id)
        for head, case in known
        for member in (head.customer_id, *head.members)
        for contact in case.contacts
    }
    found = store.get_all(*refs.values()) if refs else ()
    return tuple(call for call in found if call is not None)


def call_in(store: Store, head: Head, *interaction_ids: str) -> tuple[Call, ...]:
    """The calls of these exchanges, of whichever of them are calls."""
    members = (head.customer_id, *head.members)
    refs = [Ref(Call, member, id) for id in interaction_ids for member in members]
    return tuple(call for call in store.get_all(*refs) if call is not None) if refs else ()
