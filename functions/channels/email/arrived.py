"""The document that our door makes of a mail → what the router gets. No mail is read here."""

from collections.abc import Mapping
from typing import Any

from functions.channels.email.notice_fields import MOST_COPIES, without_token
from functions.channels.email.threads import Verdict, verdict
from shared.domain.address.address import UNPROVEN, Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored, Message
from shared.domain.channel.conversation import Conversation
from shared.domain.masking import mask
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.subject import LONGEST

OF_SES = ".amazonses.com"
LONGEST_PERSON = 80  # characters of a name
MOST_OF_A_CHAIN = 400  # characters of the names that an answer repeats: they lie in the head


def arrived(channel: str, told: Mapping[str, Any]) -> Arrival | Ignored:
    """Ignored: a mail that names no sender, and one of ours that came back."""
    sender, ours = str(told["sender"]), _ours(told)
    if not sender:
        return Ignored("no_sender")
    if without_token(sender) in ours:
        return Ignored("from_ourselves")
    unproven = verdict(str(told.get("dmarc", ""))) is Verdict.FAILED
    named = None if unproven else told.get("conversation")
    references = tuple(name for id in told.get("references", ()) if (name := called(str(id))))
    return Arrival(
        _way(channel, told, Address(UNPROVEN if unproven else "email", sender), ours),
        Message(_content(told)),
        automatic=str(told.get("automatic", "")),
        unproven=unproven,
        conversation=Conversation(named["customer_id"], named["case_number"]) if named else None,
        references=references,
        name=called(str(told["message_id"])),
        person="" if unproven else _person(str(told.get("name", ""))),
    )


def _person(name: str) -> str:
    """What the sender calls themselves. An address in it is not theirs, or says nothing new."""
    return "" if "@" in name else " ".join(mask(name).split())[:LONGEST_PERSON]


def called(id: str) -> str:
    """What a mail is found by: SES tells us the first half of what it calls ours. An id that is no more than
    such a half could be mistaken for one, and finds nothing.
    """
    local, _, domain = id.rpartition("@")
    return local if domain.endswith(OF_SES) else id if local else ""


def _way(channel: str, told: Mapping[str, Any], address: Address, ours: frozenset[str]) -> Way:
    answers_to, own = _answers_to(told, address, ours), str(told["own"])
    to = [str(one) for one in (*told.get("to", ()), *told.get("cc", ()))]
    others = [one for one in dict.fromkeys(to) if without_token(one) not in ours and one.isascii()]
    cc = tuple(one for one in others if one not in (address.value, answers_to))[:MOST_COPIES]
    subject = " ".join(str(told["subject"]).split())[:LONGEST]
    return Way(channel, address, "", answers_to, own, _chain(told), cc, subject)


def _answers_to(told: Mapping[str, Any], sender: Address, ours: frozenset[str]) -> str:
    """Where it asks answers to go. An address of our domain is ours, and nobody would read them there. SES
    takes letters of ASCII alone, and one address that it refuses is a whole answer that never goes out.
    """
    asked = str(told["answers_to"])
    own_domains = {one.rpartition("@")[2] for one in ours}
    return asked if asked.isascii() and asked.rpartition("@")[2] not in own_domains else sender.value


def _chain(told: Mapping[str, Any]) -> str:
    """The names that an answer repeats: of the first mail, and of this one."""
    id, first = str(told["message_id"]), next((str(one) for one in told.get("references", ())), "")
    both = " ".join(dict.fromkeys(filter(None, (first, id))))
    return both if id and len(both) <= MOST_OF_A_CHAIN else id


def _content(told: Mapping[str, Any]) -> Content:
    parts = tuple(
        Part(
            one["name"],
            one["type"],
            one["size"],
            PartState(one["state"]),
            reason=one.get("reason", ""),
            source=one.get("source", ""),
            cid=one.get("cid", ""),
        )
        for one in told["parts"]
    )
    problems = tuple(told.get("problems", ()))
    return Content(told["text"], parts, told["subject"], told["body_key"], told["quoted"], problems)


def _ours(told: Mapping[str, Any]) -> frozenset[str]:
    """Our own addresses, as far as this mail tells: those that it was delivered to."""
    return frozenset(without_token(str(one)) for one in (told["own"], *told.get("recipients", ())) if one)
