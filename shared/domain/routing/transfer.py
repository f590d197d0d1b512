"""An agent lets go of a case: it waits for a colleague, or in a queue."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.change import ANY, Change, Put
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import owned_anew, staffed, wakes, without
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.queueing import placed_again, timers
from shared.domain.routing.requeue import in_queue
from shared.domain.routing.sleep import HAS_IT, off_the_list
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, next_entry, with_case, with_contact, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.timeline.once import Asking
from shared.domain.times import lasted

LEAST_ALONE = timedelta(seconds=30)  # a transfer waits so long for its agent, whatever the queue says


@dataclass(frozen=True, slots=True)
class LettingGo:
    """What an agent wants of a case they have: to whom it goes (`queue`, or the agent `to`), and a note.
    `by` is the supervisor who decided it, None where the agent did.
    """

    agent: Agent
    case_id: str
    note: str
    asked: Asking
    queue: str = ""
    to: str = ""
    by: Agent | None = None

    @property
    def decider(self) -> Agent:
        return self.by or self.agent


def transferred(head: Head, told: LettingGo, now: Now) -> Change:
    """The agent lets go of a case, also of one they snoozed: whatever of it they had waits, for one agent
    alone at first where one is named. Its queue time begins anew; its age does where the queue does not keep
    it.
    """
    slept, going = held(head, told.case_id, told.agent.id, HAS_IT)
    case = replace(slept, snoozed=None)
    noted = note_of(head, case, told.decider, told.note, now)
    lines = [*noted]
    for contact in going:
        after = _waits(contact, told, head.language, now)
        facts = left(contact, told.agent, "cold", now) | {"to_queue": after.queue, "to_agent": told.to}
        ahead = replace(head, version=head.version + len(lines))
        actor = f"agent:{told.decider.id}"
        called = (told.agent.id,) if told.by else ()
        rings = {"signals": replace(wakes(after, now), mentioned=called), "timers": timers(after, now)}
        lines.append(event_line(ahead, case, contact, Kind.TRANSFERRED, facts, actor, now, **rings))
        case = with_contact(case, after)
    case = owned_anew(case)
    rows = (c for c in case.contacts if c.state is ContactState.WAITING)
    return (
        Put(told.asked.remembered(lines[0])),
        *written(head, with_case(head, case), *lines),
        *(Put(waiting_row(case, contact, now), over=ANY) for contact in rows),
        *staffed(told.agent, without(told.agent, *(c.interaction_id for c in going)), now),
        *off_the_list(slept),
    )


def held(
    head: Head, case_id: str, agent_id: str, states: Collection[ContactState] = (ContactState.CONNECTED,)
) -> tuple[OpenCase, list[Contact]]:
    """The case, and what of it this agent has, in these states. Refused `case_closed`, `not_owner`, and
    `consult_open` while a colleague is asked (409).
    """
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    mine = [c for c in case.contacts if c.agent == agent_id and c.state in states]
    if not mine:
        raise Refused("not_owner", status=409)
    if any(contact.asked for contact in mine):
        raise Refused("consult_open", status=409)
    return case, mine


def left(contact: Contact, agent: Agent, how: str, now: Now) -> dict[str, Scalar]:
    """What the figures are told of an agent who has had a contact and lets go of it."""
    return {"queue": contact.queue, "how": how} | had(contact, agent, now)


def had(contact: Contact, agent: Agent, now: Now) -> dict[str, Scalar]:
    """How long the agent had it until now, and with how many of their places."""
    places = (e.places for e in agent.engagements if e.interaction_id == contact.interaction_id)
    return {
        "agent": agent.id,
        "handle_ms": lasted(contact.assigned_at or now.at, now.at),
        "places": next(places, now.channels.of(contact.channel).places),
    }


def note_of(head: Head, case: OpenCase, agent: Agent, text: str, now: Now) -> Sequence[Entry]:
    told = {"actor": f"agent:{agent.id}", "case_id": case.id, "content": Content(text)}
    return (next_entry(head, now, Kind.NOTE_ADDED, **told),) if text else ()


def _waits(contact: Contact, told: LettingGo, language: str, now: Now) -> Contact:
    queue = now.centre.queue_of(told.queue or contact.queue)
    alone = max(timedelta(seconds=queue.preferred_seconds), LEAST_ALONE)
    return replace(
        in_queue(contact, placed_again(contact, language, now, queue.name)),
        enqueued_at=contact.enqueued_at if queue.keeps_age else now.at,
        queued_at=now.at,
        declines=(),
        handed_by=told.decider.id,
        preferred=told.to,
        alone_until=now.at + alone if told.to else None,
    )


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
