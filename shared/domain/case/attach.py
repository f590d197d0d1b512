"""Where a customer's message belongs: the open case, the one just closed, or a new one."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.change import Put, Write
from shared.domain.channel.arrival import Arrival
from shared.domain.channel.commands import Raw
from shared.domain.customer.head import CaseState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case, Interaction
from shared.domain.ids import case_number
from shared.domain.now import Now
from shared.domain.routing.market import rank, waiting
from shared.domain.timeline.append import with_interaction


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the canonical address, and the customer (member) it belongs to."""

    address: Address
    member: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The case after the message, its interaction, what they need written, and what they began."""

    case: OpenCase
    interaction: OpenInteraction
    writes: tuple[Write, ...]
    opened: bool = False
    reopened: bool = False
    began: bool = False


def attach(
    head: Head, speaker: Speaker, raw: Raw, arrival: Arrival, closed: Case | None, now: Now
) -> Attached:
    """`closed` is the stored last closed case where it may be reopened, else None."""
    case = latest_case(head, speaker)
    if case:
        return _continue(case, speaker, raw, arrival, now)
    if closed:
        return _reopen(closed, speaker, raw, arrival, now)
    return _open(speaker, raw, arrival, now)


def latest_case(head: Head, speaker: Speaker) -> OpenCase | None:
    """The open case that goes on at this address, else the one where something happened last."""

    def recency(case: OpenCase) -> tuple[bool, object]:
        here = any(i.address == speaker.address for i in case.interactions)
        return here, max((i.last_at for i in case.interactions), default=case.opened_at)

    return max(head.cases, key=recency, default=None)


def reopens(head: Head, now: Now) -> bool:
    """Whether a message now would reopen the last closed case rather than open a new one."""
    grace = timedelta(seconds=now.centre.reopen_seconds)
    return not head.cases and head.closed is not None and now.at - head.closed.closed_at <= grace


def _continue(case: OpenCase, speaker: Speaker, raw: Raw, arrival: Arrival, now: Now) -> Attached:
    going = next((i for i in case.interactions if _same(i, speaker, raw.channel)), None)
    if going:
        at = max(going.last_at, now.at)
        moved = replace(going, last_at=at, reply_to=arrival.reply_to, own_side=arrival.own_side)
        return Attached(with_interaction(case, moved), moved, ())
    begun = interaction(speaker.address, speaker.member, raw.channel, arrival.reply_to, arrival.own_side, now)
    return Attached(with_interaction(case, begun), begun, (Put(stored(case.id, begun)),), began=True)


def _reopen(closed: Case, speaker: Speaker, raw: Raw, arrival: Arrival, now: Now) -> Attached:
    begun = interaction(speaker.address, speaker.member, raw.channel, arrival.reply_to, arrival.own_side, now)
    case = waiting_case(closed.id, closed.customer_id, closed.queue, begun, now)
    case = replace(case, opened_at=closed.opened_at)
    again = replace(closed, closed_at=None, reopened=closed.reopened + 1, version=closed.version + 1)
    writes = (Put(again, over=closed.version), Put(stored(case.id, begun)), Put(waiting(case, now)))
    return Attached(case, begun, writes, reopened=True, began=True)


def _open(speaker: Speaker, raw: Raw, arrival: Arrival, now: Now) -> Attached:
    begun = interaction(speaker.address, speaker.member, raw.channel, arrival.reply_to, arrival.own_side, now)
    case = waiting_case(now.new_id(), speaker.member, now.centre.queue, begun, now)
    kept = Case(speaker.member, case.id, case_number(case.id), now.at, case.queue, raw.channel)
    writes = (Put(kept), Put(stored(case.id, begun)), Put(waiting(case, now)))
    return Attached(case, begun, writes, opened=True, began=True)


def silence(channel: str, now: Now) -> timedelta:
    """How long an interaction may be quiet before it has ended: a chat 15 minutes, others a day."""
    seconds = now.centre.chat_silence_seconds if channel == "chat" else now.centre.silence_seconds
    return timedelta(seconds=seconds)


def interaction(
    address: Address, member: str, channel: str, reply_to: str, own_side: str, now: Now
) -> OpenInteraction:
    return OpenInteraction(now.new_id(), channel, address, reply_to, own_side, member, now.at, now.at)


def stored(case_id: str, begun: OpenInteraction) -> Interaction:
    return Interaction(begun.member, case_id, begun.id, begun.channel, begun.address, begun.started_at)


def waiting_case(case_id: str, member: str, queue: str, begun: OpenInteraction, now: Now) -> OpenCase:
    return OpenCase(
        id=case_id,
        member=member,
        queue=queue,
        channel=begun.channel,
        waits_as=begun.id,
        opened_at=now.at,
        state=CaseState.WAITING,
        enqueued_at=now.at,
        rank=rank(now.at, 5),
        interactions=(begun,),
    )


def _same(going: OpenInteraction, speaker: Speaker, channel: str) -> bool:
    return going.channel == channel and going.address == speaker.address
