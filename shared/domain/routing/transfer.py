"""A contact goes elsewhere: from one queue to another while it waits, or on from the agent who has it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.change import ANY, PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed, wakes, without
from shared.domain.routing.pool import Waiting, waiting_row
from shared.domain.routing.staff import Agent, Engagement
from shared.domain.timeline.append import case_of, next_entry, with_case, with_contact, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.timeline.once import Asking
from shared.domain.times import lasted

LEAST_ALONE = timedelta(seconds=30)  # a transfer waits so long for its agent, whatever the queue says


@dataclass(frozen=True, slots=True)
class LettingGo:
    """What an agent wants of a case they have: to whom it goes (`queue`, or the agent `to`), and a note."""

    agent: Agent
    case_id: str
    note: str
    asked: Asking
    queue: str = ""
    to: str = ""


def in_queue(contact: Contact, name: str, now: Now) -> Contact:
    """The contact as it waits in this queue: with its needs in the place of the former queue's, and with its
    priority, unless a rule gave the contact one of its own.
    """
    before, queue = now.centre.queue_of(contact.queue), now.centre.queue_of(name)
    needs = dict.fromkeys((*(need for need in contact.needs if need not in before.needs), *queue.needs))
    priority = queue.priority if contact.priority == before.priority else contact.priority
    return replace(contact, queue=queue.name, needs=tuple(needs), priority=priority)


def requeued(
    head: Head, case: OpenCase, contact: Contact, after: Contact, entry: Entry, now: Now
) -> tuple[Write, ...]:
    """A waiting contact as it waits from now on: its row leaves its place and stands where it belongs."""
    moved = with_contact(case, after)
    old, new = waiting_row(case, contact, now), waiting_row(moved, after, now)
    gone = () if _same_place(old, new) else (Delete(old, over=PRESENT),)
    return (*written(head, with_case(head, moved), entry), *gone, Put(new, over=ANY))


def moved(
    head: Head, case: OpenCase, contact: Contact, queue: str, actor: str, now: Now, **why: Scalar
) -> Change:
    """Into another queue, with its age. Refused `not_waiting` (409) for what does not wait any more."""
    if contact.state is not ContactState.WAITING:
        raise Refused("not_waiting", status=409)
    after = replace(in_queue(contact, queue, now), alone_until=None)
    facts = {"queue": after.queue, "before": contact.queue} | why
    line = event_line(head, case, after, Kind.MOVED, facts, actor, now, signals=wakes(after, now))
    return requeued(head, case, contact, after, line, now)


def transferred(head: Head, told: LettingGo, now: Now) -> Change:
    """The agent lets go of a case: whatever of it they had waits, for one agent alone at first where one is
    named. Its queue time begins anew; its age does where the queue does not keep it.
    """
    case, going = held(head, told.case_id, told.agent.id)
    noted = note_of(head, case, told.agent, told.note, now)
    lines = [*noted]
    for contact in going:
        after = _waits(contact, told, now)
        facts = left(contact, told.agent, "cold", now) | {"to_queue": after.queue, "to_agent": told.to}
        ahead = replace(head, version=head.version + len(lines))
        actor, signals = f"agent:{told.agent.id}", wakes(after, now)
        lines.append(event_line(ahead, case, contact, Kind.TRANSFERRED, facts, actor, now, signals=signals))
        case = with_contact(case, after)
    talking = [c.agent for c in case.contacts if c.state is ContactState.CONNECTED]
    case = replace(case, owner=case.owner if case.owner in talking else next(iter(talking), ""))
    rows = (c for c in case.contacts if c.state is ContactState.WAITING)
    return (
        Put(told.asked.remembered(lines[0])),
        *written(head, with_case(head, case), *lines),
        *(Put(waiting_row(case, contact, now), over=ANY) for contact in rows),
        *staffed(told.agent, without(told.agent, *(c.interaction_id for c in going)), now),
    )


def held(head: Head, case_id: str, agent_id: str) -> tuple[OpenCase, list[Contact]]:
    """The case, and what of it this agent has. Refused `case_closed`, `not_owner`, and `consult_open` while a
    colleague is asked (409).
    """
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    mine = [c for c in case.contacts if c.agent == agent_id and c.state is ContactState.CONNECTED]
    if not mine:
        raise Refused("not_owner", status=409)
    if any(contact.asked for contact in mine):
        raise Refused("consult_open", status=409)
    return case, mine


def left(contact: Contact, agent: Agent, how: str, now: Now) -> dict[str, Scalar]:
    """What the figures are told of an agent who has had a contact and lets go of it."""
    place = next((e for e in agent.engagements if e.interaction_id == contact.interaction_id), None)
    return {
        "queue": contact.queue,
        "agent": agent.id,
        "how": how,
        "handle_ms": lasted(contact.assigned_at or now.at, now.at),
        "places": _places(place, contact, now),
    }


def note_of(head: Head, case: OpenCase, agent: Agent, text: str, now: Now) -> Sequence[Entry]:
    told = {"actor": f"agent:{agent.id}", "case_id": case.id, "content": Content(text)}
    return (next_entry(head, now, Kind.NOTE_ADDED, **told),) if text else ()


def _waits(contact: Contact, told: LettingGo, now: Now) -> Contact:
    queue = now.centre.queue_of(told.queue or contact.queue)
    alone = max(timedelta(seconds=queue.preferred_seconds), LEAST_ALONE)
    return replace(
        in_queue(contact, queue.name, now),
        state=ContactState.WAITING,
        agent="",
        offer_id="",
        assigned_at=None,
        enqueued_at=contact.enqueued_at if queue.keeps_age else now.at,
        queued_at=now.at,
        declines=(),
        handed_by=told.agent.id,
        preferred=told.to,
        alone_until=now.at + alone if told.to else None,
    )


def _places(place: Engagement | None, contact: Contact, now: Now) -> int:
    return place.places if place else now.channels.of(contact.channel).places


def _same_place(one: Waiting, other: Waiting) -> bool:
    return (one.pool, one.queue, one.rank, one.needs) == (other.pool, other.queue, other.rank, other.needs)


def event_line(
    head: Head,
    case: OpenCase,
    contact: Contact,
    kind: Kind,
    facts: dict[str, Scalar],
    actor: str,
    now: Now,
    **more: object,
) -> Entry:
    where = {"way": Way(contact.channel), "case_id": case.id, "interaction_id": contact.interaction_id}
    return next_entry(head, now, kind, facts=facts, actor=actor, **where, **more)
