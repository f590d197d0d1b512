"""Offers: who is asked, who took it, what comes back, and with its original age."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.address.way import Way
from shared.domain.change import ANY, PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import Contact, ContactState, Decline, Head, OpenCase
from shared.domain.errors import Conflict, Refused
from shared.domain.now import Now
from shared.domain.routing.capacity import engagement
from shared.domain.routing.phone import leg_timer, offer_seconds
from shared.domain.routing.pool import waiting_row, woken
from shared.domain.routing.queueing import overdue
from shared.domain.routing.seating import frees, seated
from shared.domain.routing.sleep import HAS_IT
from shared.domain.routing.staff import Agent, Engagement
from shared.domain.timeline.append import case_of, contact_of, next_entry, with_case, with_contact, written
from shared.domain.timeline.entry import Entry, Kind, Scalar, Signals
from shared.domain.times import lasted


def offer(
    head: Head, case: OpenCase, contact: Contact, agent: Agent, reason: str, now: Now, **why: Scalar
) -> Change:
    """A lease for the agent: the row leaves the pool, the places are taken, the deadline is armed.

    `reason` is what people read when they ask why this agent; `why` is kept beside it: the rule that
    decided as a stable word, and the record from which the choice can be made again.
    """
    offer_id = now.new_id()
    until = now.at + timedelta(seconds=offer_seconds(contact.channel, now))
    asked = replace(contact, state=ContactState.OFFERED, agent=agent.id, offer_id=offer_id)
    facts = _facts(asked) | {"waited_ms": lasted(contact.waits_since, now.at), "reason": reason}
    facts |= why
    entry = _line(head, case, asked, Kind.OFFER_MADE, now, facts, due=until, due_for="offer")
    taken = replace(agent, engagements=(*agent.engagements, engagement(agent, case, asked, now)))
    row = Delete(waiting_row(case, contact, now), over=PRESENT)
    rings = with_contact(case, asked)
    lines = written(head, with_case(head, rings), entry)
    return (*lines, row, *rows_anew(rings, asked, now), *staffed(agent, taken, now))


def accept(head: Head, agent: Agent, offer_id: str, now: Now) -> Change:
    """The agent gets the contact, and the case if it had no owner. Refused `offer_gone` after the lease."""
    case, contact = offered(head, agent, offer_id)
    held = _ringing(agent, offer_id)
    times: dict[str, Scalar] = {
        "queue_ms": lasted(contact.waits_since, now.at),
        "rang_ms": lasted(held.since, now.at),
    }
    times |= {"transferred": True} if contact.handed_by else {}
    facts, wake = _facts(contact) | times, frees(agent, now)
    told = {"actor": _name(agent), "signals": wake, "timers": leg_timer(contact.channel, now)}
    entry = _line(head, case, contact, Kind.ASSIGNED, now, facts, **told)
    mine = replace(contact, state=ContactState.CONNECTED, offer_id="", assigned_at=now.at, declines=())
    mine = replace(mine, handed_by="", preferred="", alone_until=None)
    owned = replace(with_contact(case, mine), owner=case.owner or agent.id)
    owns = owned.owner == agent.id
    connected = replace(held, offer_id="", accepted=offer_id, since=now.at, owns=owns)
    kept = tuple(connected if e is held else e for e in agent.engagements)
    return (
        *written(head, with_case(head, owned), entry),
        *rows_anew(owned, mine, now),
        *staffed(agent, replace(agent, engagements=kept), now),
    )


def give_back(head: Head, agent: Agent, offer_id: str, how: str, now: Now) -> Change:
    """An offer that was declined, expired or withdrawn: back into the queue with its original age.

    An agent who let an offer expire is not responding, and gets no more until they say available.
    """
    case, contact = offered(head, agent, offer_id)
    held = _ringing(agent, offer_id)
    facts = _facts(contact) | {"how": how, "rang_ms": lasted(held.since, now.at)}
    actor = _name(agent) if how == "declined" else "system"
    wake, due = wakes(replace(contact, alone_until=None), now, agent), overdue(contact, now)
    entry = _line(head, case, contact, Kind.OFFER_ENDED, now, facts, actor=actor, signals=wake, timers=due)
    after = without(agent, contact.interaction_id)
    after = replace(after, not_responding=True) if how == "expired" else after
    if how == "declined":
        rest = timedelta(seconds=now.centre.decline_rest_seconds)
        resting = tuple(one for one in contact.declines if one.until > now.at and one.agent_id != agent.id)
        contact = replace(contact, declines=(*resting, Decline(agent.id, now.at + rest)))
    return (*_waits_again(head, case, contact, entry, now), *staffed(agent, after, now))


def requeue(
    head: Head, agent: Agent, place: Engagement, reason: str, now: Now, *, silent: bool = False
) -> Change:
    """A contact whose agent is gone waits again, with its age; its queue time begins anew. `silent`: they did
    not respond, and get no more until they say available.
    """
    case = case_of(head, place.case_id)
    contact = contact_of(case, place.interaction_id) if case else None
    gone = without(agent, place.interaction_id)
    gone = replace(gone, not_responding=gone.not_responding or silent)
    if case is None or contact is None or not _has(agent, contact):
        return staffed(agent, gone, now)
    facts: dict[str, Scalar] = {
        "queue": contact.queue,
        "agent": agent.id,
        "reason": reason,
        "handle_ms": lasted(contact.assigned_at or now.at, now.at),
        "places": place.places,
    }
    wake, due = wakes(replace(contact, alone_until=None), now), overdue(contact, now)
    entry = _line(head, case, contact, Kind.REQUEUED, now, facts, signals=wake, timers=due)
    contact = replace(contact, queued_at=now.at)
    return (*_waits_again(head, case, contact, entry, now), *staffed(agent, gone, now))


def offered(head: Head, agent: Agent, offer_id: str) -> tuple[OpenCase, Contact]:
    """What is offered to this agent under this offer, or Refused `offer_gone`."""
    for case in head.cases:
        for contact in case.contacts:
            if contact.offer_id == offer_id and contact.agent == agent.id:
                return case, contact
    raise Refused("offer_gone", status=409)


def staffed(before: Agent, after: Agent, now: Now) -> tuple[Write, ...]:
    """The agent, in the pool of their profile, and the seat that offers them there while they take work.

    Every change of their work puts them at the end of the row: longest available goes first.
    """
    return seated(before, replace(after, version=before.version + 1), now.at, now)


def without(agent: Agent, *interaction_ids: str) -> Agent:
    """The agent without the places of these contacts."""
    left = tuple(e for e in agent.engagements if e.interaction_id not in interaction_ids)
    return replace(agent, engagements=left)


def wakes(contact: Contact, now: Now, agent: Agent | None = None) -> Signals:
    """The pool that serves this contact's queue is to be looked at: its class waits, or the agent is free."""
    return replace(woken(contact, now), agent=agent.id if agent else "")


def _ringing(agent: Agent, offer_id: str) -> Engagement:
    """The place this offer takes. Raises Conflict where it has ended since the head was read."""
    for place in agent.engagements:
        if place.offer_id == offer_id:
            return place
    raise Conflict


def _has(agent: Agent, contact: Contact) -> bool:
    return contact.state is ContactState.CONNECTED and contact.agent == agent.id


def _waits_again(head: Head, case: OpenCase, contact: Contact, entry: Entry, now: Now) -> tuple[Write, ...]:
    """The owner of the case is then another agent who talks in it, or none."""
    back = replace(contact, state=ContactState.WAITING, agent="", offer_id="", assigned_at=None)
    back = replace(back, alone_until=None, asked="", ask_id="")
    case = owned_anew(with_contact(case, back))
    row = Put(waiting_row(case, back, now))
    return (*written(head, with_case(head, case), entry), row, *rows_anew(case, back, now))


def owned_anew(case: OpenCase) -> OpenCase:
    """The owner is whoever still talks in the case or snoozed it, or nobody."""
    talk = [contact.agent for contact in case.contacts if contact.state in HAS_IT]
    return replace(case, owner=case.owner if case.owner in talk else next(iter(talk), ""))


def rows_anew(case: OpenCase, but: Contact, now: Now) -> tuple[Write, ...]:
    """What else of this case waits: its rows say who is the owner now, and is asked first."""
    waits = (c for c in case.contacts if c.state is ContactState.WAITING and c is not but)
    return tuple(Put(waiting_row(case, contact, now), over=ANY) for contact in waits)


def _facts(contact: Contact) -> dict[str, Scalar]:
    return {"queue": contact.queue, "agent": contact.agent, "offer_id": contact.offer_id}


def _line(
    head: Head,
    case: OpenCase,
    contact: Contact,
    kind: Kind,
    now: Now,
    facts: dict[str, Scalar],
    **told: object,
) -> Entry:
    told = {"way": Way(contact.channel), "interaction_id": contact.interaction_id} | told
    return next_entry(head, now, kind, case_id=case.id, facts=facts, **told)


def _name(agent: Agent) -> str:
    return f"agent:{agent.id}"
