"""What programs of ours write on channels where too much of it does harm: a few messages an hour to a person.

Two programs that answer each other would never end. The head remembers when programs wrote last, but only
where the channel limits it.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain.customer.head import Head
from shared.domain.now import Now

WITHIN = timedelta(hours=1)
TOO_MANY = "too_many_automatic"


def may_write(head: Head, channel: str, now: Now) -> bool:
    """Whether a program may write one more message to this person."""
    most = now.channels.of(channel).automatic_an_hour
    return not most or sum(at > now.at - WITHIN for at in head.automatic) < most


def noted(head: Head, channel: str, now: Now) -> Head:
    """The head after one more message of a program."""
    if not now.channels.of(channel).automatic_an_hour:
        return head
    lately = (at for at in head.automatic if at > now.at - WITHIN)
    return replace(head, automatic=(*lately, now.at))
