"""A customer who asked to be called instead of waiting on the line."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.address.address import Address


@dataclass(frozen=True, slots=True)
class Callback:
    """The customer asked to be called. `address` is where; `tries` how often nobody answered; `not_before` is
    the moment they wished, or the next try's, and None for as soon as it is their turn.
    """

    address: Address
    tries: int = 0
    not_before: datetime | None = None
