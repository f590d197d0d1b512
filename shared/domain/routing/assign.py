"""Offers: who is asked, who took it, what comes back, and with its original age."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.change import ANY, PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import CaseState, Decline, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.market import DECLINE_REST, Free, waiting
from shared.domain.routing.staff import Agent, Engagement, fits, room, takes_work
from shared.domain.timeline.append import case_of, next_entry, with_case, written
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.times import lasted


def offer(head: Head, case: OpenCase, agent: Agent, reason: str, now: Now) -> Change:
    """A lease for the agent: the row leaves the market, the place is taken, the deadline is armed.

    `reason` is what people read when they ask why this agent: the rule and its inputs.
    """
    offer_id = now.new_id()
    until = now.at + timedelta(seconds=now.centre.offer_seconds)
    waited = lasted(case.queued_at or case.enqueued_at, now.at)
    facts = _facts(case, agent.id, offer_id) | {"waited_ms": waited, "reason": reason}
    entry = _line(head, case, Kind.OFFER_MADE, now, facts, due=until, due_for="offer")
    asked = replace(case, state=CaseState.OFFERED, owner=agent.id, offer_id=offer_id)
    taken = replace(agent, engagements=(*agent.engagements, _place(case, offer_id, now)))
    row = Delete(waiting(case, now), over=PRESENT)
    return (*written(head, with_case(head, asked), entry), row, *staffed(agent, taken, now))


def accept(head: Head, agent: Agent, offer_id: str, now: Now) -> Change:
    """The agent becomes the owner of the case. Refused `offer_gone` when the lease is over."""
    case = offered(head, agent, offer_id)
    held = next(e for e in agent.engagements if e.offer_id == offer_id)
    times: dict[str, Scalar] = {
        "wake": now.centre.pool,
        "queue_ms": lasted(case.queued_at or case.enqueued_at, now.at),
        "rang_ms": lasted(held.since, now.at),
    }
    entry = _line(
        head, case, Kind.ASSIGNED, now, _facts(case, agent.id, offer_id) | times, actor=_name(agent)
    )
    owned = replace(case, state=CaseState.OWNED, offer_id="", assigned_at=now.at, declines=())
    connected = replace(held, offer_id="", accepted=offer_id, since=now.at)
    kept = tuple(connected if e is held else e for e in agent.engagements)
    return (
        *written(head, with_case(head, owned), entry),
        *staffed(agent, replace(agent, engagements=kept), now),
    )


def give_back(head: Head, agent: Agent, offer_id: str, how: str, now: Now) -> Change:
    """An offer that was declined, expired or withdrawn: back into the queue with its original age.

    An agent who let an offer expire is not responding, and gets no more until they say available.
    """
    case = offered(head, agent, offer_id)
    held = next(e for e in agent.engagements if e.offer_id == offer_id)
    facts: dict[str, Scalar] = _facts(case, agent.id, offer_id) | {
        "how": how,
        "rang_ms": lasted(held.since, now.at),
    }
    facts["wake"] = now.centre.pool
    actor = _name(agent) if how == "declined" else "system"
    entry = _line(head, case, Kind.OFFER_ENDED, now, facts, actor=actor)
    after = without(agent, case.id)
    after = replace(after, not_responding=True) if how == "expired" else after
    if how == "declined":
        resting = tuple(one for one in case.declines if one.until > now.at and one.agent_id != agent.id)
        case = replace(case, declines=(*resting, Decline(agent.id, now.at + DECLINE_REST)))
    return (*_waits_again(head, case, entry, now), *staffed(agent, after, now))


def requeue(head: Head, agent: Agent, case_id: str, reason: str, now: Now) -> Change:
    """An owned case whose agent is gone waits again, with its age; its queue time begins anew."""
    case = case_of(head, case_id)
    if case is None or case.state is not CaseState.OWNED or case.owner != agent.id:
        return staffed(agent, without(agent, case_id), now)
    facts: dict[str, Scalar] = {
        "queue": case.queue,
        "agent": agent.id,
        "reason": reason,
        "wake": now.centre.pool,
        "handle_ms": lasted(case.assigned_at or now.at, now.at),
    }
    entry = _line(head, case, Kind.REQUEUED, now, facts)
    case = replace(case, queued_at=now.at)
    return (*_waits_again(head, case, entry, now), *staffed(agent, without(agent, case_id), now))


def offered(head: Head, agent: Agent, offer_id: str) -> OpenCase:
    """The case that is offered to this agent under this offer, or Refused `offer_gone`."""
    for case in head.cases:
        if case.offer_id == offer_id and case.state is CaseState.OFFERED and case.owner == agent.id:
            return case
    raise Refused("offer_gone", status=409)


def staffed(before: Agent, after: Agent, now: Now) -> tuple[Write, ...]:
    """The agent, and the row that offers them on the market while they have room.

    Every change of their work puts them at the end of the row: longest available goes first.
    """
    free = takes_work(after) and fits(after, "email")
    after = replace(after, version=before.version + 1, free_since=now.at if free else None)
    writes: list[Write] = [Put(after, over=before.version)]
    if before.free_since and before.free_since != after.free_since:
        writes.append(Delete(free_row(before, before.free_since)))
    if after.free_since:
        writes.append(Put(free_row(after, after.free_since), over=ANY))
    return tuple(writes)


def free_row(agent: Agent, since: datetime) -> Free:
    return Free(agent.pool, since, agent.id, room(agent))


def without(agent: Agent, case_id: str) -> Agent:
    return replace(agent, engagements=tuple(e for e in agent.engagements if e.case_id != case_id))


def _waits_again(head: Head, case: OpenCase, entry: Entry, now: Now) -> tuple[Write, ...]:
    back = replace(case, state=CaseState.WAITING, owner="", offer_id="", assigned_at=None)
    return (*written(head, with_case(head, back), entry), Put(waiting(back, now)))


def _place(case: OpenCase, offer_id: str, now: Now) -> Engagement:
    return Engagement(case.id, case.member, case.channel, now.at, offer_id)


def _facts(case: OpenCase, agent_id: str, offer_id: str) -> dict[str, Scalar]:
    return {"queue": case.queue, "agent": agent_id, "offer_id": offer_id}


def _line(
    head: Head, case: OpenCase, kind: Kind, now: Now, facts: dict[str, Scalar], **told: object
) -> Entry:
    told = {"channel": case.channel, "interaction_id": case.waits_as} | told
    return next_entry(head, now, kind, case_id=case.id, facts=facts, **told)


def _name(agent: Agent) -> str:
    return f"agent:{agent.id}"
