"""Outside opening hours: a customer is told once when somebody is there again, and the message waits."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.customer.head import Head
from shared.domain.customer.language import language_for
from shared.domain.hours import is_open, opens_at
from shared.domain.now import Now
from shared.domain.words.to_customers import say, when

RESTS = timedelta(days=1)  # where nobody can say when it opens, they are told again after it


def with_notice(head: Head, words: str, now: Now) -> tuple[Head, str]:
    """The words with the notice behind them, where it is due, and the head that remembers it."""
    if is_open(now.centre.hours, now.at, now.centre.zone) or (head.told_until and now.at < head.told_until):
        return head, words
    sentence = about_hours(head, now)
    opening = _opening(now) or now.at + RESTS
    told = words if sentence in words else f"{words}\n{sentence}".strip()
    return replace(head, told_until=opening), told


def told_of_hours(head: Head, words: str, now: Now) -> Head:
    """The head that remembers the notice, where these words are it already."""
    closed = not is_open(now.centre.hours, now.at, now.centre.zone)
    return with_notice(head, words, now)[0] if closed and about_hours(head, now) in words else head


def about_hours(head: Head, now: Now) -> str:
    """Whether somebody is there, else from when on."""
    language = language_for(head, now)
    if is_open(now.centre.hours, now.at, now.centre.zone):
        return say("open_now", language)
    opening = _opening(now)
    if opening is None:
        return say("closed", language)
    return say("closed_until", language, when=when(opening.astimezone(ZoneInfo(now.centre.zone)), language))


def _opening(now: Now) -> datetime | None:
    return opens_at(now.centre.hours, now.at, now.centre.zone)
