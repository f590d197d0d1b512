"""What a message of ours says in its subject, and who gets a copy, where a channel has such things."""

import re
from dataclasses import replace

from shared.domain.address.way import Way
from shared.domain.customer.head import Head
from shared.domain.customer.language import language_for
from shared.domain.ids import case_number
from shared.domain.now import Now
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.words.to_customers import say

LONGEST = 100  # characters that an exchange remembers: it lies in the head
ANSWERS = re.compile(r"(re|aw|antw|sv|답장|회신)\s?(\[\d+\])?\s?[:：]", re.IGNORECASE)


def with_subject(entry: Entry, head: Head, now: Now) -> Entry:
    """Copies go out of what a person answers, and of nothing that a program writes."""
    if entry.delivery not in (Delivery.QUEUED, Delivery.HELD) or not now.channels.of(entry.channel).subjects:
        return entry
    way = entry.way if entry.actor.startswith("agent:") else replace(entry.way, cc=())
    subject = entry.content.subject or subject_of(way, entry.case_id, language_for(head, now), now)
    return replace(entry, way=way, content=replace(entry.content, subject=subject))


def subject_of(way: Way, case_id: str, language: str, now: Now) -> str:
    """That of an answer, else a sentence with the number of the case, by which people call it."""
    if way.subject:
        return way.subject if ANSWERS.match(way.subject) else f"Re: {way.subject}"
    about = f" ({case_number(case_id)})" if case_id else ""
    return say("subject", language, centre=now.centre.name, about=about).strip()
