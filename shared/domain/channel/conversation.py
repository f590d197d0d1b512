"""Where a message belongs, by what it says of itself: our own token, else the messages that it answers."""

from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.timeline.entry import Entry


@dataclass(frozen=True, slots=True)
class Conversation:
    """A case by its number (a whole id has no room in an address), and the customer it lies with."""

    customer_id: str
    case_number: str


def took_part(sender: Address, entry: Entry) -> bool:
    """Whether a message came from this sender, or went to them. Names of messages can be guessed and
    forwarded, so who names one joins its conversation only if they were in it.
    """
    way = entry.way
    return sender == way.address or sender.value in {one.lower() for one in (way.reply_to, *way.cc)}


def same_message(entry: Entry, sender: Address, text: str, subject: str) -> bool:
    """Whether an entry holds this message already, which then was sent to two addresses of ours."""
    return (entry.address, entry.text, entry.content.subject) == (sender, text, subject)
