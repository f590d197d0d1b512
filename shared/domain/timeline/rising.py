"""How the delivery state of an entry rises."""

from shared.domain.timeline.entry import Delivery, Entry

RANK = {
    Delivery.HELD: 0,
    Delivery.QUEUED: 1,
    Delivery.SENDING: 2,
    Delivery.UNKNOWN: 3,
    Delivery.SENT: 4,
    Delivery.DELIVERED: 5,
    Delivery.FAILED: 5,
    Delivery.READ: 6,
    Delivery.WITHDRAWN: 7,
}
NOT_COLLECTED = "not_collected"  # the reason we give ourselves, where the customer may still come


def may_become(entry: Entry, state: Delivery, came_back: bool = False) -> bool:
    """Whether an entry takes this state: by rank, because what we had given up was collected after all, or
    because it came back (a mail server may take a mail first and find then that it has nobody for it).
    """
    collected = entry.delivery_reason == NOT_COLLECTED and state in (Delivery.DELIVERED, Delivery.READ)
    returned = came_back and entry.delivery is Delivery.DELIVERED
    return collected or returned or rises(entry.delivery, state)


def rises(before: Delivery | None, after: Delivery) -> bool:
    """Whether a delivery state may replace another: states arrive in any order and never go down."""
    return before is None or RANK[after] > RANK[before]
