"""A colleague is asked for advice: they read the case and leave notes, the customer hears nothing of it, and
the agent who asks keeps the case until they hand it over.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.change import Change, Put
from shared.domain.customer.head import Contact, Head, OpenCase
from shared.domain.errors import Conflict, Refused
from shared.domain.now import Now
from shared.domain.routing.assign import rows_anew, staffed, without
from shared.domain.routing.capacity import engagement
from shared.domain.routing.phone import leg_timer, offer_seconds
from shared.domain.routing.staff import Agent, Engagement
from shared.domain.routing.transfer import event_line, held, left, note_of
from shared.domain.timeline.append import case_of, with_case, with_contact, written
from shared.domain.timeline.entry import Kind, Scalar, Signals
from shared.domain.timeline.once import Asking
from shared.domain.times import lasted


@dataclass(frozen=True, slots=True)
class Consult:
    """What an agent wants of a colleague about a case they have."""

    agent: Agent
    colleague: Agent
    case_id: str
    note: str
    asked: Asking


def asked_for(head: Head, told: Consult, now: Now) -> Change:
    """It rings the colleague like an offer, and takes places of theirs. Whether they have room is the
    caller's to know. Refused as a transfer is.
    """
    case, going = held(head, told.case_id, told.agent.id)
    contact = replace(going[0], asked=told.colleague.id, ask_id=now.new_id())
    until = now.at + timedelta(seconds=offer_seconds(contact.channel, now))
    facts = _facts(contact, told.colleague) | {"offer_id": contact.ask_id}
    noted = note_of(head, case, told.agent, told.note, now)
    ahead = replace(head, version=head.version + len(noted))
    line = event_line(
        ahead,
        case,
        contact,
        Kind.CONSULT_ASKED,
        facts,
        f"agent:{told.agent.id}",
        now,
        due=until,
        due_for="offer",
    )
    place = replace(engagement(told.colleague, case, contact, now), offer_id=contact.ask_id, consult=True)
    ringing = replace(told.colleague, engagements=(*told.colleague.engagements, place))
    return (
        Put(told.asked.remembered((*noted, line)[0])),
        *written(head, _with(head, case, contact), *noted, line),
        *staffed(told.colleague, ringing, now),
    )


def joined(head: Head, colleague: Agent, offer_id: str, now: Now) -> Change:
    """The colleague says yes. Refused `offer_gone` (409) once it is over."""
    case, contact = _asked(head, colleague, offer_id)
    place = next((e for e in colleague.engagements if e.offer_id == offer_id), None)
    if place is None:
        raise Conflict
    inside = replace(place, offer_id="", accepted=offer_id, since=now.at)
    there = tuple(inside if e is place else e for e in colleague.engagements)
    facts = _facts(contact, colleague)
    told = _tell(contact) | {"timers": leg_timer(contact.channel, now)}
    line = event_line(head, case, contact, Kind.CONSULT_JOINED, facts, f"agent:{colleague.id}", now, **told)
    return (
        *written(head, _with(head, case, replace(contact, ask_id="")), line),
        *staffed(colleague, replace(colleague, engagements=there), now),
    )


def ended(head: Head, colleague: Agent, place: Engagement, how: str, actor: str, now: Now) -> Change:
    """`how` is done, declined, expired or withdrawn. What the head knows no more of is a place too many."""
    found = consulting(head, colleague, place)
    after = without_consult(colleague, place)
    after = replace(after, not_responding=True) if how == "expired" and found else after
    if found is None:
        return staffed(colleague, after, now)
    case, contact = found
    facts = _facts(contact, colleague) | {"how": how} | _took(place, now)
    line = event_line(head, case, contact, Kind.CONSULT_ENDED, facts, actor, now, **_tell(contact))
    return (
        *written(head, _with(head, case, replace(contact, asked="", ask_id="")), line),
        *staffed(colleague, after, now),
    )


def handed_over(head: Head, told: Consult, now: Now) -> Change:
    """The colleague who was asked has it from now on, without a wait. Refused `no_consult` (409) where they
    have not joined.
    """
    place = next((e for e in told.colleague.engagements if e.consult and e.case_id == told.case_id), None)
    found = consulting(head, told.colleague, place) if place else None
    if place is None or found is None or place.offer_id or found[1].agent != told.agent.id:
        raise Refused("no_consult", status=409)
    case, contact = found
    actor = f"agent:{told.agent.id}"
    lines = [*note_of(head, case, told.agent, told.note, now)]
    over = _facts(contact, told.colleague) | {"how": "handed_over"} | _took(place, now)
    gone = left(contact, told.agent, "consult", now) | {"to_queue": "", "to_agent": told.colleague.id}
    for kind, facts in ((Kind.CONSULT_ENDED, over), (Kind.TRANSFERRED, gone)):
        ahead = replace(head, version=head.version + len(lines))
        lines.append(event_line(ahead, case, contact, kind, facts, actor, now))
    theirs = replace(contact, agent=told.colleague.id, assigned_at=now.at, asked="", declines=())
    owner = told.colleague.id if case.owner == told.agent.id else case.owner
    taken = replace(place, consult=False, since=now.at, owns=owner == told.colleague.id)
    there = tuple(taken if e is place else e for e in told.colleague.engagements)
    case = replace(with_contact(case, theirs), owner=owner)
    return (
        Put(told.asked.remembered(lines[0])),
        *written(head, with_case(head, case), *lines),
        *rows_anew(case, theirs, now),
        *staffed(told.agent, without(told.agent, contact.interaction_id), now),
        *staffed(told.colleague, replace(told.colleague, engagements=there), now),
    )


def without_consult(agent: Agent, place: Engagement) -> Agent:
    return replace(agent, engagements=tuple(e for e in agent.engagements if e is not place))


def _asked(head: Head, colleague: Agent, offer_id: str) -> tuple[OpenCase, Contact]:
    for case in head.cases:
        for contact in case.contacts:
            if contact.ask_id == offer_id and contact.asked == colleague.id:
                return case, contact
    raise Refused("offer_gone", status=409)


def consulting(head: Head, colleague: Agent, place: Engagement) -> tuple[OpenCase, Contact] | None:
    """What the colleague is asked about in this place; None where it is over."""
    case = case_of(head, place.case_id)
    for contact in case.contacts if case else ():
        same = contact.interaction_id == place.interaction_id and contact.ask_id == place.offer_id
        if case and same and contact.asked == colleague.id:
            return case, contact
    return None


def _with(head: Head, case: OpenCase, contact: Contact) -> Head:
    return with_case(head, with_contact(case, contact))


def _facts(contact: Contact, colleague: Agent) -> dict[str, Scalar]:
    return {"queue": contact.queue, "agent": colleague.id}


def _took(place: Engagement, now: Now) -> dict[str, Scalar]:
    """How long the colleague was with it; nothing while it only rang."""
    if place.offer_id:
        return {}
    return {"handle_ms": lasted(place.since, now.at), "places": place.places}


def _tell(contact: Contact) -> dict[str, object]:
    return {"signals": Signals(tell=contact.agent)}
