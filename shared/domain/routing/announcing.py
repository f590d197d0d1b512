"""What a queue tells its waiting customers, each announcement once: when it is due, and its words."""

import re
from datetime import datetime, timedelta

from shared.domain.customer.head import Contact, ContactState
from shared.domain.ids import digest
from shared.domain.now import Now
from shared.domain.queue import Announcement
from shared.domain.timeline.entry import Timer
from shared.domain.times import iso

SENTENCES = re.compile(r"(?<=[.!?])\s+")
ANNOUNCE = "announce"
WAITS = (ContactState.WAITING, ContactState.OFFERED)
POSITION, WAIT = "{position}", "{wait}"


def next_one(contact: Contact, now: Now, after: int = -1) -> tuple[Timer, ...]:
    """The timer of the first announcement that is still to come, behind `after` seconds in the queue; none
    where there is none, or the customer does not wait on the line.
    """
    if contact.callback or contact.state not in WAITS:
        return ()
    coming = (one for one in _of(contact, now) if one.after_seconds > after and _at(contact, one) >= now.at)
    return tuple(Timer(_at(contact, one), ANNOUNCE) for one in coming)[:1]


def due_now(contact: Contact, now: Now) -> Announcement | None:
    """The last one that is due: of several that are late, one is enough."""
    past = [one for one in _of(contact, now) if _at(contact, one) <= now.at]
    return past[-1] if past else None


def key_of(contact: Contact, announcement: Announcement) -> str:
    """What tells an announcement of a stay in the queue from all others."""
    return digest(
        contact.interaction_id, contact.queue, iso(contact.waits_since), str(announcement.after_seconds)
    )[:32]


def asks_place(announcement: Announcement) -> bool:
    """Whether the words say anything of the place in the queue."""
    return any(place in announcement.ko + announcement.en for place in (POSITION, WAIT))


def words_of(announcement: Announcement, language: str, now: Now, position: str = "", wait: str = "") -> str:
    """In the customer's language, else in the centre's first that has a text. A sentence about what is not
    known is left out.
    """
    texts = {"ko": announcement.ko, "en": announcement.en}
    spoken = (texts.get(one, "") for one in (language, *now.centre.languages, *texts))
    said = SENTENCES.split(next((text for text in spoken if text), ""))
    known = [s for s in said if (wait or WAIT not in s) and (position or POSITION not in s)]
    return " ".join(known).replace(POSITION, position).replace(WAIT, wait)


def _of(contact: Contact, now: Now) -> list[Announcement]:
    queue = now.centre.queue_of(contact.queue)
    return sorted(queue.announcements, key=lambda one: one.after_seconds)


def _at(contact: Contact, announcement: Announcement) -> datetime:
    return contact.waits_since + timedelta(seconds=announcement.after_seconds)
