"""Rows that customers and open cases are found by. One consumer behind the bus writes them, so they may be a
moment behind: what is shown is read from the customer.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FindRow:
    """One way to find a customer (or a case of theirs). `what` is the kind of key with its beginning, `rest`
    orders the rows under it and ends with the customer's id; find_keys.py builds both. `shown` is the address
    beside the name, `tags` are codes of the settings.
    """

    what: str
    rest: str
    customer_id: str
    name: str = ""
    shown: str = ""
    case_id: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """The rows that were written for a customer: a change or an erasure removes exactly those. A key is
    `what`, a line end and `rest`. `sign` is a digest of the rows; "" while they are being written. Rows by a
    case's number are not among them: the case itself says how they are called.
    """

    customer_id: str
    keys: tuple[str, ...]
    version: int = 1
    sign: str = ""


OPEN = "open"  # the list of all open cases


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open case in a list, in the order they were opened. `customer_id` is the member it lies under."""

    list: str
    case_id: str
    customer_id: str
    number: str
    channel: str
    queue: str
    owner: str = ""
    name: str = ""
    tags: tuple[str, ...] = ()
    opened_at: datetime | None = None
    snoozed_until: datetime | None = None
