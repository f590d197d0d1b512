"""How exchanges end: an interaction by silence or by leaving, a case with its disposition."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.case.reply import owned
from shared.domain.change import PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import CaseState, ClosedCase, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed, without
from shared.domain.routing.market import waiting
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import next_entry, with_case, without_case, written
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.times import lasted

ABANDONED = "abandoned"


def close(
    head: Head, kept: Case, exchanges: Sequence[Interaction], agent: Agent, disposition: str, now: Now
) -> Change:
    """The owner ends the case: its interactions end with it, the place is free, the survey may follow.

    `kept` is the stored case, `exchanges` every interaction it ever had.
    """
    case = owned(head, kept.id, agent.id)
    solved = _disposition(disposition, now)
    taken = case.assigned_at or now.at
    facts = _closing(case, kept, {exchange.channel for exchange in exchanges}, now) | {
        "agent": agent.id,
        "wake": now.centre.pool,
        "disposition": disposition,
        "solved": solved,
        "handle_ms": lasted(taken, now.at),
        "wrap_ms": lasted(max(taken, _quiet_since(case, exchanges, now)), now.at),
    }
    entry = _closed(head, case, facts, f"agent:{agent.id}", now)
    ended = _ended_case(head, case, kept, disposition, agent.id, entry, now)
    return (*ended, *staffed(agent, without(agent, case.id), now))


def abandon(head: Head, kept: Case, case: OpenCase, door: str, now: Now) -> Change:
    """The customer left before anybody answered: out of the queue, closed, open again if they return.

    `door` is the channel whose event said so ("" when it was silence).
    """
    channels = {i.channel for i in case.interactions}
    facts = _closing(case, kept, channels, now) | {
        "disposition": ABANDONED,
        "solved": False,
        "abandoned": True,
        "waited_ms": lasted(case.queued_at or case.enqueued_at, now.at),
    }
    facts |= {"door": door} if door else {}
    entry = _closed(head, case, facts, "customer", now)
    ended = _ended_case(head, case, kept, ABANDONED, "", entry, now)
    return (*ended, Delete(waiting(case, now), over=PRESENT))


def end_interaction(
    head: Head, case: OpenCase, gone: OpenInteraction, by: str, now: Now, door: str = "", **told: object
) -> Change:
    """One exchange is over, the case goes on: the customer may come back on any channel."""
    facts: dict[str, Scalar] = {"queue": case.queue, "by": by}
    facts |= {"owner": case.owner} if case.owner else {}
    facts |= {"door": door} if door else {}
    entry = interaction_ended(head, case, gone, facts, now, **told)
    left = tuple(i for i in case.interactions if i.id != gone.id)
    after = with_case(head, replace(case, interactions=left))
    return (*written(head, after, entry), Put(ended(case.id, gone, by, now), over=PRESENT))


def interaction_ended(
    head: Head, case: OpenCase, gone: OpenInteraction, facts: dict[str, Scalar], now: Now, **told: object
) -> Entry:
    where = {"channel": gone.channel, "case_id": case.id, "interaction_id": gone.id, "timeline": gone.member}
    return next_entry(head, now, Kind.INTERACTION_ENDED, facts=facts, **(where | told))


def ended(case_id: str, gone: OpenInteraction, by: str, now: Now) -> Interaction:
    return Interaction(
        gone.member, case_id, gone.id, gone.channel, gone.address, gone.started_at, now.at, by, version=2
    )


def abandons(case: OpenCase, gone: OpenInteraction) -> bool:
    """Whether nobody is left to answer, and nobody had been asked to."""
    return case.state is CaseState.WAITING and deserted(case, gone)


def deserted(case: OpenCase, gone: OpenInteraction) -> bool:
    """Whether this was the only live exchange: who leaves a chat does not wait, who wrote an SMS does."""
    return gone.channel == "chat" and case.interactions == (gone,)


def _closing(case: OpenCase, kept: Case, channels: set[str], now: Now) -> dict[str, Scalar]:
    return {
        "queue": case.queue,
        "member": case.member,
        "channels": len(channels | {kept.opened_channel}),
        "resolution_ms": lasted(case.opened_at, now.at),
    }


def _quiet_since(case: OpenCase, exchanges: Sequence[Interaction], now: Now) -> datetime:
    """When the last exchange had ended: from then on it was after-contact work. Now, while one goes on."""
    over = [] if case.interactions else [exchange.ended_at for exchange in exchanges if exchange.ended_at]
    return max(over, default=now.at)


def _closed(head: Head, case: OpenCase, facts: dict[str, Scalar], actor: str, now: Now) -> Entry:
    where = {"channel": case.channel, "case_id": case.id, "interaction_id": case.waits_as}
    return next_entry(head, now, Kind.CASE_CLOSED, actor=actor, facts=facts, **where)


def _ended_case(
    head: Head, case: OpenCase, kept: Case, disposition: str, owner: str, entry: Entry, now: Now
) -> tuple[Write, ...]:
    """The entry, the head with its closed case, the case as it is kept, and its interactions."""
    past = ClosedCase(case.id, case.member, case.queue, case.opened_at, now.at, owner)
    stored = replace(kept, closed_at=now.at, disposition=disposition, owner=owner, version=kept.version + 1)
    over = tuple(Put(ended(case.id, i, "case", now), over=PRESENT) for i in case.interactions)
    after = replace(without_case(head, case.id), closed=past)
    return (*written(head, after, entry), Put(stored, over=kept.version), *over)


def _disposition(code: str, now: Now) -> bool:
    """Whether this outcome counts as solved; Refused when the centre has no such outcome."""
    for disposition in now.centre.dispositions:
        if disposition.code == code:
            return disposition.solved
    raise Refused("unknown_disposition")
