"""A customer's head, by whichever member's id one holds."""

from typing import Any

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


def head_with(store: Store, customer_id: str, *others: Ref[Any]) -> tuple[Head, tuple[Any, ...]]:
    """The head that rules, and other items read in the same batch."""
    if not others:
        return head_of(store, customer_id), ()
    head, *found = store.get_all(Ref(Head, customer_id), *others)
    if head is None or head.root:
        return head_of(store, customer_id), tuple(found)
    return head, tuple(found)
