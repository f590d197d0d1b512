"""What every outbound entry has: the way it goes, queued, and how long to try."""

from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.now import Now
from shared.domain.timeline.entry import Delivery, Entry
from shared.domain.timeline.kinds import OUTBOUND


def outbound(way: Way, now: Now) -> dict[str, object]:
    give_up_at = now.at + timedelta(seconds=now.centre.reply_give_up_seconds)
    return {"way": way, "delivery": Delivery.QUEUED, "give_up_at": give_up_at}


def same_way(entry: Entry, asked: Entry) -> bool:
    """Whether both go out by the same channel to the same address."""
    return (
        entry.kind in OUTBOUND
        and entry.delivery is not None
        and entry.channel == asked.channel
        and entry.address == asked.address
    )
