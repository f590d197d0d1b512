"""Ways to reach a customer, and what every outbound entry takes from one."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.now import Now
from shared.domain.timeline.entry import Delivery


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer this customer: `reason` is "" when it is allowed, else a stable word."""

    channel: str
    address: Address
    member: str
    reply_to: str
    own_side: str
    reason: str = ""


def outbound(way: Way, now: Now) -> dict[str, object]:
    """The fields every outbound entry shares: both ends, queued, and how long to try."""
    return {
        "channel": way.channel,
        "address": way.address,
        "reply_to": way.reply_to,
        "own_side": way.own_side,
        "delivery": Delivery.QUEUED,
        "give_up_at": now.at + timedelta(seconds=now.centre.reply_give_up_seconds),
    }
