"""A pool of agents: the contacts that wait for one, and the agents who are free."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.customer.head import Contact, ContactState, Decline, OpenCase
from shared.domain.now import Now
from shared.domain.queue import Need
from shared.domain.timeline.entry import Signals
from shared.domain.times import iso

HEAD_START = timedelta(minutes=2)
BEHIND = "$"  # sorts behind what parts a class from a rank: a class and this is a place behind all its rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact that waits in a queue, or for one agent alone (@ and their id): a row of about 150 bytes.
    `klass` is its class: what stands together is served by the same agents.

    `places` are what its channel takes of an agent. `owner` is the agent who has its case, who is asked
    first: the places the case takes of them already (`held`) do not count against it.
    """

    pool: str
    queue: str
    rank: str
    interaction_id: str
    customer_id: str
    case_id: str
    channel: str
    enqueued_at: datetime
    places: int
    declines: tuple[Decline, ...] = ()
    owner: str = ""
    held: int = 0
    needs: tuple[Need, ...] = ()
    preferred: str = ""
    klass: str = ""


def rank(enqueued_at: datetime, priority: int) -> str:
    """Virtual enqueue time: enqueued minus the head start of the priority (1 first, 9 last, 5 none).

    Age and priority are one sort key, so nobody starves longer than the largest head start.
    """
    return iso(enqueued_at - HEAD_START * (5 - priority))


def virtual_start(contact: Contact) -> datetime:
    """The moment from which its rings and its overflow are counted: that of its rank."""
    return contact.enqueued_at - HEAD_START * (5 - contact.priority)


def waiting_row(case: OpenCase, contact: Contact, now: Now) -> Waiting:
    """The row of the pool by which this contact is found while it waits."""
    others = [
        c for c in case.contacts if c.agent and c.agent == case.owner and c.state is not ContactState.SNOOZED
    ]
    return Waiting(
        now.centre.pool_of(contact.queue),
        line_of(contact),
        rank(contact.enqueued_at, contact.priority),
        contact.interaction_id,
        case.member,
        case.id,
        contact.channel,
        contact.enqueued_at,
        now.channels.of(contact.channel).places,
        contact.declines,
        case.owner,
        max((now.channels.of(c.channel).places for c in others), default=0),
        contact.needs,
        contact.preferred,
        class_of(contact.channel, contact.needs),
    )


def place_of(row: Waiting) -> tuple[str, ...]:
    """Where a row lies: what its key is made of."""
    return row.pool, row.queue, row.klass, row.rank, row.interaction_id


def woken(contact: Contact, now: Now) -> Signals:
    """What the pool is told of a contact that begins to wait: its class, and the rank in it."""
    klass, rank_ = class_of(contact.channel, contact.needs), rank(contact.enqueued_at, contact.priority)
    return Signals(now.centre.pool_of(contact.queue), queue=line_of(contact), klass=klass, rank=rank_)


def line_of(contact: Contact) -> str:
    """The queue its row lies in: that of the agent it waits for alone, else its own."""
    return personal(contact.preferred) if contact.alone_until else contact.queue


def personal(agent_id: str) -> str:
    """What an agent's own queue is called in the rows of the pool."""
    return f"@{agent_id}"


def class_of(channel: str, needs: tuple[Need, ...]) -> str:
    """The class of a contact within its queue: its channel and what it needs, as a part of a key. Contacts of
    one class are served by the same agents.
    """
    return "+".join([channel, *sorted(f"{need.skill}.{need.level}" for need in needs)])
