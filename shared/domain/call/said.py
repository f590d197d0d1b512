"""What is said with an order, and to whom: the facts that the carrier's document needs beside the call."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.domain.channel.call_place import HOLDS
from shared.domain.customer.call import Call
from shared.domain.customer.head import Contact
from shared.domain.now import Now
from shared.domain.words.of_calls import tell, whisper

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """`whisper` is heard by who of ours picks up, in `staff_language`; `notice` by the customer on their way
    into the room ("" for none). `number` is the customer's, as the carrier writes it, `queue` where they
    wait. What we sign in addresses holds until `until`.
    """

    until: datetime
    language: str
    staff_language: str
    number: str = field(default="", repr=False)
    queue: str = ""
    whisper: str = field(default="", repr=False)
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of the customer: their name, their number, how many calls they made in
    a day, and what they said to the menu. `withheld`: the carrier writes something in place of their number.
    """

    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    calls: int = 0
    subject: str = field(default="", repr=False)
    withheld: bool = False


def said(call: Call, contact: Contact | None, caller: Caller, staff_language: str, now: Now) -> Said:
    language = call.language or now.centre.languages[0]
    own = staff_language or now.centre.languages[0]
    notice = tell("recorded", language) if now.centre.calls.record and not call.announced else ""
    return Said(
        now.at + HOLDS,
        language,
        own,
        caller.number,
        contact.queue if contact else "",
        _whispered(contact, caller, own, now),
        notice,
    )


def lately(calls: tuple[Call, ...], at: datetime) -> int:
    return sum(1 for call in calls if not call.outbound and at - call.started_at < LATELY)


def _whispered(contact: Contact | None, caller: Caller, language: str, now: Now) -> str:
    if contact is None:
        return ""
    waited = (contact.assigned_at or now.at) - contact.waits_since
    subject = caller.subject or contact.intent.replace("_", " ").replace("-", " ")
    minutes = int(waited.total_seconds() // 60)
    digits = "" if caller.withheld else digits_of(caller.number)
    return whisper(caller.name, digits, caller.calls, subject, minutes, language)


def digits_of(number: str) -> str:
    """The last four; "" for what is no number, as of who withholds theirs."""
    if not number.lstrip("+")[:1].isdigit():
        return ""
    digits = "".join(character for character in number if character.isascii() and character.isdigit())
    return digits[-4:] if len(digits) >= 4 else ""
