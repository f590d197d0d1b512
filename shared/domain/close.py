"""How exchanges end: an interaction by silence or by leaving, a case with its disposition."""

from dataclasses import replace
from datetime import datetime

from shared.domain.assign import staffed, without
from shared.domain.attach import waiting
from shared.domain.case import Case, Interaction
from shared.domain.change import PRESENT, Change, Delete, Put, Write
from shared.domain.customer import CaseState, ClosedCase, Head, OpenCase, OpenInteraction
from shared.domain.entry import Entry, Kind, Scalar
from shared.domain.errors import Refused
from shared.domain.line import next_entry, with_case, without_case, written
from shared.domain.now import Now
from shared.domain.reply import owned
from shared.domain.staff import Agent
from shared.domain.times import milliseconds

ABANDONED = "abandoned"


def close(
    head: Head, kept: Case, agent: Agent, disposition: str, wrapped_since: datetime | None, now: Now
) -> Change:
    """The owner ends the case: its interactions end with it, the place is free, the survey may follow.

    `kept` is the stored case. `wrapped_since` is when the last interaction had ended, if it had:
    from then on it was after-contact work.
    """
    case = owned(head, kept.id, agent.id)
    outcome = _disposition(disposition, now)
    facts = _closing(case, kept, now) | {
        "agent": agent.id,
        "wake": now.centre.pool,
        "disposition": disposition,
        "solved": outcome,
        "handle_ms": milliseconds(now.at - (case.assigned_at or now.at)),
        "wrap_ms": milliseconds(now.at - wrapped_since) if wrapped_since else 0,
    }
    entry = _closed(head, case, facts, f"agent:{agent.id}", now)
    ended = _ended_case(head, case, kept, disposition, agent.id, entry, now)
    return (*ended, *staffed(agent, without(agent, case.id), now))


def abandon(head: Head, kept: Case, case: OpenCase, door: str, now: Now) -> Change:
    """The customer left before anybody answered: out of the queue, closed, open again if they return.

    `door` is the channel whose event said so ("" when it was silence).
    """
    facts = _closing(case, kept, now) | {"disposition": ABANDONED, "solved": False, "abandoned": True}
    facts |= {"waited_ms": milliseconds(now.at - case.enqueued_at)} | ({"door": door} if door else {})
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
    """Whether nobody is left to answer: still waiting, and this was the only live exchange."""
    return case.state is CaseState.WAITING and gone.channel == "chat" and case.interactions == (gone,)


def _closing(case: OpenCase, kept: Case, now: Now) -> dict[str, Scalar]:
    channels = {i.channel for i in case.interactions} | {kept.opened_channel}
    return {
        "queue": case.queue,
        "member": case.member,
        "channels": len(channels),
        "resolution_ms": milliseconds(now.at - case.opened_at),
    }


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
