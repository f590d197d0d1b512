"""A call of a customer, under whichever of their members it lies."""

from shared.domain.change import Ref
from shared.domain.customer.call import Call
from shared.domain.customer.head import Head
from shared.ports import Store


def call_of(store: Store, head: Head, interaction_id: str) -> Call | None:
    """None for an exchange that is no call."""
    members = (head.customer_id, *head.members)
    found = store.get_all(*(Ref(Call, member, interaction_id) for member in members))
    return next((one for one in found if one is not None), None)
