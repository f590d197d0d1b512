"""What every outbound entry has: the way it goes, queued, and how long to try."""

from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import RELEASE, Audience, Delivery, Entry, Kind, Timer
from shared.domain.timeline.kinds import OUTBOUND


def outbound(way: Way, now: Now, held_for: int = 0) -> dict[str, object]:
    """`held_for` so many seconds it can be taken back."""
    leaves = now.at + timedelta(seconds=held_for)
    give_up_at = leaves + timedelta(seconds=now.centre.reply_give_up_seconds)
    held = {"delivery": Delivery.HELD, "timers": (Timer(leaves, RELEASE),)}
    goes = held if held_for else {"delivery": Delivery.QUEUED}
    return {"way": way, "give_up_at": give_up_at, **goes}


def said_by_us(
    head: Head, way: Way, case_id: str, interaction_id: str, words: str, now: Now, **more: object
) -> Entry:
    """A message of the house itself to the customer, that no person wrote; it follows the head. On the phone
    it was said on the line: nothing is left to be sent.
    """
    spoken = now.channels.of(way.channel).calls
    goes: dict[str, object] = {"way": way, "delivery": Delivery.DELIVERED} if spoken else outbound(way, now)
    return next_entry(
        head,
        now,
        Kind.MESSAGE_SENT,
        timeline=way.member,
        audience=Audience.CUSTOMER,
        case_id=case_id,
        interaction_id=interaction_id,
        content=Content(words),
        **goes,
        **more,
    )


def same_way(entry: Entry, asked: Entry) -> bool:
    """Whether both go out by the same channel to the same address."""
    return (
        entry.kind in OUTBOUND
        and entry.delivery is not None
        and entry.channel == asked.channel
        and entry.address == asked.address
    )
