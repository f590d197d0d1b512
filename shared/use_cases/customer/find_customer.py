"""A customer's head, by whichever member's id one holds."""

from shared.domain.change import Ref
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.ports import Store


def head_of(store: Store, customer_id: str) -> Head:
    """The head that rules: the customer's own, or that of the root they were merged into.

    Raises Refused `no_customer` (404).
    """
    head = store.get(Ref(Head, customer_id))
    if head and head.root:
        head = store.get(Ref(Head, head.root))
    if head is None:
        raise Refused("no_customer", status=404)
    return head
