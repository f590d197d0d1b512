"""The market of a pool: who waits, who is free."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.customer.head import Decline, OpenCase
from shared.domain.now import Now
from shared.domain.times import iso

HEAD_START = timedelta(minutes=2)


DECLINE_REST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits in a queue: a row of the market, about 100 bytes."""

    pool: str
    queue: str
    rank: str
    interaction_id: str
    customer_id: str
    case_id: str
    channel: str
    declines: tuple[Decline, ...] = ()


@dataclass(frozen=True, slots=True)
class Free:
    """An agent with room for more (units of their 15); ordered by how long they have been free."""

    pool: str
    since: datetime
    agent_id: str
    room: int = 0


def rank(enqueued_at: datetime, priority: int) -> str:
    """Virtual enqueue time: enqueued minus the head start of the priority (1 first, 9 last, 5 none).

    Age and priority are one sort key, so nobody starves longer than the largest head start.
    """
    return iso(enqueued_at - HEAD_START * (5 - priority))


def waiting(case: OpenCase, now: Now) -> Waiting:
    """The row of the market by which this case is found while it waits."""
    return Waiting(
        now.centre.pool,
        case.queue,
        case.rank,
        case.waits_as,
        case.member,
        case.id,
        case.channel,
        case.declines,
    )
