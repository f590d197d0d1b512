"""Contacts that wait in a queue, as supervisors see them."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.ids import case_number
from shared.domain.routing.pool import Waiting
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class Which:
    """Of those who wait: on this channel, asking for this skill, for at least so many seconds; "" and 0 for
    all.
    """

    channel: str = ""
    need: str = ""
    older: int = 0

    def fits(self, row: Waiting, at: datetime) -> bool:
        asked = {need.skill for need in row.needs}
        long = (at - row.enqueued_at).total_seconds() >= self.older
        return self.channel in ("", row.channel) and (not self.need or self.need in asked) and long


@dataclass(frozen=True, slots=True)
class WaitingView:
    """`position` counts from 1 within the queue; `alone`: they wait for one agent alone, whom `for_name`
    calls by name.
    """

    position: int
    customer_id: str
    case_id: str
    number: str
    interaction_id: str
    channel: str
    needs: tuple[str, ...]
    since: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """`total` fit the filter; of more than `most` in the queue only so many were looked at."""

    items: tuple[WaitingView, ...]
    next: int | None
    total: int
    most: int


def waiting_view(position: int, row: Waiting) -> WaitingView:
    return WaitingView(
        position,
        row.customer_id,
        row.case_id,
        case_number(row.case_id),
        row.interaction_id,
        row.channel,
        tuple(need.skill for need in row.needs),
        iso(row.enqueued_at),
        row.queue.startswith("@"),
    )
