"""What every outbound entry has: the way it goes, queued, and how long to try."""

from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.now import Now
from shared.domain.timeline.entry import Delivery


def outbound(way: Way, now: Now) -> dict[str, object]:
    give_up_at = now.at + timedelta(seconds=now.centre.reply_give_up_seconds)
    return {"way": way, "delivery": Delivery.QUEUED, "give_up_at": give_up_at}
