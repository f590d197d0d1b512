"""What a customer who waits is told of it, and how often their screen may ask."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.domain.case.notice import about_hours, is_served
from shared.domain.centre import hours_of
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState, Head
from shared.domain.now import Now
from shared.domain.routing.expected_wait import Wait
from shared.domain.words.place_words import place_sentence, place_words, wait_words
from shared.domain.words.to_customers import say, when

NONE, WAITING, CALLBACK, LATER = "none", "waiting", "callback", "later"
EVERY = ((5, 15), (20, 30), (101, 60))  # up to this place, so many seconds from one look to the next


@dataclass(frozen=True, slots=True)
class Waits:
    """`state` is none, waiting, callback (called when it is their turn) or later (called at a time). `words`
    say it; `offers`: a call may be asked for. A screen asks again after `every` seconds, never where it is 0.
    """

    state: str = NONE
    words: str = ""
    offers: bool = False
    every: int = 0


NOT_WAITING = Waits()


def waits(contact: Contact | None) -> bool:
    """Whether the contact has a place to be told of."""
    return contact is not None and contact.state in (ContactState.WAITING, ContactState.OFFERED)


def told_waiting(
    head: Head, contact: Contact, position: int, about: bool, wait: Wait | None, language: str, now: Now
) -> Waits:
    """Of somebody who waits in the queue, on the line or for a call."""
    words = place_sentence(place_words(position, language, about), spoken(wait, language), language)
    if not is_served(contact.queue, now):
        words = about_hours(head, now, contact.queue)
    elif contact.callback:
        words = f"{say('callback_waits', language)} {words}"
    every = next((seconds for most, seconds in EVERY if position <= most), EVERY[-1][1])
    state = CALLBACK if contact.callback else WAITING
    return Waits(state, words, now.centre.queue_of(contact.queue).callback, every)


def told_later(callback: Callback, queue: str, language: str, now: Now) -> Waits:
    """Of somebody who is to be called at a time, by the clock of their queue."""
    at: datetime = callback.not_before or now.at
    local = at.astimezone(ZoneInfo(hours_of(now.centre.queue_of(queue), now.centre).zone))
    return Waits(LATER, say("callback_later", language, when=when(local, language)), True, EVERY[-1][1])


def spoken(wait: Wait | None, language: str) -> str:
    """ "" where nothing can be said of the wait."""
    return wait_words(wait.low, wait.high, language) if wait else ""
