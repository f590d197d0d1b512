"""What travels in SQS queues: small, versioned, carrying keys rather than the truth."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.ids import digest
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class Raw:
    """One authentic provider event on its way to the router (inbound.fifo) or recorder (delivery).

    `acceptance` is the door's request id + index; `event_id` what the provider calls it;
    `payload` the provider's own words (masked), which only the channel's `parse` understands; `group`
    the hash of channel and sender: events of one group are routed one after another. `payload_key` names
    the file of a payload too long for its receipt. `sent_at` is when one was sent that was found late.
    """

    channel: str
    event_id: str
    acceptance: str
    accepted_at: datetime
    payload: str
    group: str = ""
    payload_key: str = ""
    sent_at: datetime | None = None
    v: int = 1


@dataclass(frozen=True, slots=True)
class Pointer:
    """Stands on inbound.fifo for events too many or too large for it: they lie in S3 at `pointer`."""

    pointer: str
    v: int = 1


@dataclass(frozen=True, slots=True)
class Send:
    """Look at this customer's queued messages to this address, up to `seq` (outbound-<channel>.fifo)."""

    timeline: str
    seq: int
    v: int = 1


@dataclass(frozen=True, slots=True)
class FetchPart:
    """Fetch the file that waits as part `n` of this entry (media)."""

    timeline: str
    seq: int
    n: int
    v: int = 1


@dataclass(frozen=True, slots=True)
class Wake:
    """Look at this pool: a hint, never the work itself (routing.fifo). A contact of this class waits, in this
    rank, or this agent may be free; where nothing is told, anything may have happened.
    """

    pool: str
    queue: str = ""
    klass: str = ""
    rank: str = ""
    agent: str = ""
    v: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """Something to look at when its time has come (timers, or a row until then).

    `what` is offer, wrap, silence, flow, collect, claim, callback, announce, alone, overflow, snooze,
    release or leg. Firing is conditional: late or twice is harmless.
    """

    at: datetime
    what: str
    customer_id: str
    case_id: str
    reference: str
    v: int = 1


@dataclass(frozen=True, slots=True)
class DueRow:
    """A Due that lies further off than a queue can delay; `minute` is its ISO time cut to minutes."""

    minute: str
    id: str
    due: Due
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Swept:
    """How far the minute sweep has come: every row of an earlier minute is fired or put off."""

    until: datetime


LONGEST_DELAY = timedelta(minutes=15)  # what an SQS message can be delayed
ROW_KEPT = timedelta(days=7)
TO_THE_SECOND = frozenset({"offer", "wrap", "alone", "overflow", "ring", "release", "leg"})


def minute_of(moment: datetime) -> str:
    return iso(moment)[:16]


def delayed(due: Due, now: datetime) -> bool:
    """Whether a delayed message carries this timer: what must happen to the second. The round finds what was
    due and whose message was lost: an offer and the work after a contact by their
    agent, a contact by its row in the queue.
    """
    return due.what in TO_THE_SECOND and due.at - now <= LONGEST_DELAY


def in_row(due: Due, now: datetime) -> bool:
    """Whether the round finds this timer by a row of its own: what no message carries, and what a contact
    waits for alone, as the round does not look into every agent's own queue; a reply that is held, and a line
    that rings, which nothing else would ever find.
    """
    return due.what in ("alone", "release", "leg") or not delayed(due, now)


def due_row(due: Due, now: datetime | None = None) -> DueRow:
    """The row of a timer; the same timer armed twice is the same row. One that is armed after its time lies
    in the minute of `now`, as no round looks at an earlier one again.
    """
    id = digest(due.what, due.customer_id, due.case_id, due.reference, iso(due.at))
    found_at = max(due.at, now or due.at)
    return DueRow(minute_of(found_at), id, due, found_at + ROW_KEPT)
