"""Where a message belongs, by what it says of itself: our own token, else the messages that it answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conversation:
    """A case by its number (a whole id has no room in an address), and the customer it lies with."""

    customer_id: str
    case_number: str
