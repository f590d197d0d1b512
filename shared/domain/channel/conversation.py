"""Where a message belongs, by what it says of itself: our own token, else the messages that it answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.timeline.content import Content
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


def same_message(entry: Entry, sender: Address, content: Content) -> bool:
    """Whether an entry holds this message already, which then was sent to two addresses of ours. Scanners and
    printers send all of theirs with one name and no text: the files tell those apart.
    """
    same = entry.address == sender and [*_files(entry.content)] == [*_files(content)]
    return same and (entry.text, entry.content.subject) == (content.text, content.subject)


def _files(content: Content) -> Iterator[str]:
    """Their names alone: size and type are what we find, once they are checked."""
    return (part.name for part in content.parts)
