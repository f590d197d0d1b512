"""The call that an agent is to make, as their desk shows it."""

from dataclasses import dataclass

from shared.domain.address.readable import display
from shared.domain.customer.head import Contact


@dataclass(frozen=True, slots=True)
class CallbackView:
    """The call that the agent is to make: `display` is the number as people read it, `tries` those before."""

    phone: str
    display: str
    tries: int


def call_to_make(contact: Contact, region: str, language: str) -> CallbackView | None:
    """None for who is not to be called."""
    wish = contact.callback
    if wish is None:
        return None
    return CallbackView(wish.address.value, display(wish.address, region, language), wish.tries)
