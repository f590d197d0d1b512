"""Outside the hours of their queue a customer is told once when somebody is there again, and where somebody
is now; the message waits.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.centre import hours_of
from shared.domain.customer.head import Head
from shared.domain.customer.language import language_for
from shared.domain.hours import is_open, opens_at
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.words.to_customers import say, when

RESTS = timedelta(days=1)  # where nobody can say when it opens, they are told again after it


def with_notice(head: Head, words: str, now: Now, queue: str = "") -> tuple[Head, str]:
    """The words with the notice behind them, where it is due, and the head that remembers it. `queue` is
    where they wait, "" for the first.
    """
    if is_served(queue, now) or (head.told_until and now.at < head.told_until):
        return head, words
    sentence = about_hours(head, now, queue)
    opening = _opening(queue, now) or now.at + RESTS
    told = words if sentence in words else f"{words}\n{sentence}".strip()
    return replace(head, told_until=opening), told


def told_of_hours(head: Head, words: str, now: Now, queue: str = "") -> Head:
    """The head that remembers the notice, where these words are it already."""
    closed = not is_served(queue, now)
    return (
        with_notice(head, words, now, queue)[0] if closed and about_hours(head, now, queue) in words else head
    )


def about_hours(head: Head, now: Now, queue: str = "") -> str:
    """Whether somebody is there, else from when on, and what is open instead."""
    language = language_for(head, now)
    if is_served(queue, now):
        return say("open_now", language)
    elsewhere = " ".join(_elsewhere(now.centre.queue_of(queue), language, now))
    return f"{_closed(queue, language, now)} {elsewhere}".strip()


def is_served(queue: str, now: Now) -> bool:
    """Whether it is a time at which somebody serves the queue."""
    return is_open(hours_of(now.centre.queue_of(queue), now.centre), now.at, now.centre.zone)


def _closed(queue: str, language: str, now: Now) -> str:
    opening = _opening(queue, now)
    if opening is None:
        return say("closed", language)
    zone = ZoneInfo(hours_of(now.centre.queue_of(queue), now.centre).zone)
    return say("closed_until", language, when=when(opening.astimezone(zone), language))


def _elsewhere(queue: Queue, language: str, now: Now) -> Iterator[str]:
    """The queue's alternatives that are open now: channels that an open queue takes, and queues."""
    names = [name for one in queue.alternatives if (name := _open_name(one, language, now))]
    if names:
        yield say("open_elsewhere", language, names=", ".join(names))


def _open_name(alternative: str, language: str, now: Now) -> str:
    """What people call it; "" where it is closed or there is no such thing."""
    served = [queue for queue in now.centre.queues if is_served(queue.name, now)]
    traits = now.channels.by_name.get(alternative)
    if traits:
        taken = any(traits.name in queue.channels or not queue.channels for queue in served)
        return (traits.word_ko if language == "ko" else traits.word_en) if taken else ""
    named = next((queue for queue in served if queue.name == alternative), None)
    if named is None:
        return ""
    return (named.label_ko if language == "ko" else named.label_en) or named.name


def _opening(queue: str, now: Now) -> datetime | None:
    return opens_at(hours_of(now.centre.queue_of(queue), now.centre), now.at, now.centre.zone)
