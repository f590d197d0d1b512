"""How a case ends: with its disposition, or because the customer left before anybody answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.address.way import Way
from shared.domain.case.end_interaction import (
    ended,
    gave_up,
    interaction_ended,
    talked,
    what_it_was,
)
from shared.domain.case.reply import noted, owned
from shared.domain.change import PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import ClosedCase, Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case, Interaction
from shared.domain.declared import ABUSE
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed, without
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.seating import frees
from shared.domain.routing.sleep import off_the_list
from shared.domain.routing.staff import Agent
from shared.domain.routing.wrap_up import after_talk, wrap_timer
from shared.domain.timeline.append import next_entry, without_case, written
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.timeline.once import Asking
from shared.domain.times import lasted

ABANDONED, LEFT_FLOW, SELF_SERVED = "abandoned", "left_flow", "self_served"


@dataclass(frozen=True, slots=True)
class Closing:
    """How an agent ends a case: with its outcome, and a last note where `note` is not "". `before` are lines
    that stand before all this, numbered behind the head. `abuse`: the customer was abusive, which is no
    outcome of the settings.
    """

    agent: Agent
    disposition: str
    note: str
    asked: Asking
    before: tuple[Entry, ...] = ()
    abuse: bool = False


def close(head: Head, kept: Case, exchanges: Sequence[Interaction], closing: Closing, now: Now) -> Change:
    """The owner ends the case: its interactions end with it, the places are free, the survey may follow.
    The request key comes first, and the note lies in the same transaction.

    `kept` is the stored case, `exchanges` every interaction it ever had. Refused `contact_open` while
    somebody else talks, or a call still rings in it, `consult_open` while a colleague is asked,
    `unknown_disposition` for no outcome of the centre.
    """
    agent, disposition = closing.agent, ABUSE if closing.abuse else closing.disposition
    case = owned(head, kept.id, agent.id)
    if any(contact.asked for contact in case.contacts):
        raise Refused("consult_open", status=409)
    if any(contact.agent != agent.id or contact.offer_id for contact in case.contacts):
        raise Refused("contact_open", status=409)
    solved = not closing.abuse and solves(disposition, now)
    taken = case.contact.assigned_at or now.at
    facts = _closing(case, kept, {exchange.channel for exchange in exchanges}, now) | {
        "agent": agent.id,
        "disposition": disposition,
        "solved": solved,
        "handle_ms": lasted(taken, now.at),
        "places": now.channels.of(case.contact.channel).places,
        "wrap_ms": lasted(max(taken, _quiet_since(case, exchanges, now)), now.at),
    }
    wake = frees(agent, now)
    ahead = _after(head, closing.before)
    note = (noted(ahead, case.id, agent.id, closing.note, now),) if closing.note else ()
    said = (*closing.before, *note)
    first = (*said, *_with_the_case(_after(head, said), case, now))
    told = {"signals": wake} | wrap_timer(now)
    lines = (*first, _closed(_after(head, first), case, facts, f"agent:{agent.id}", now, **told))
    ended = _ended_case(head, case, kept, disposition, agent.id, lines, now)
    joined = without(agent, *(c.interaction_id for c in case.contacts[1:]))
    free = after_talk(joined, case.contact.interaction_id, now)
    free_of = (*staffed(agent, free, now), *off_the_list(case))
    return (Put(closing.asked.remembered(lines[0])), *ended, *free_of)


def abandon(head: Head, kept: Case, case: OpenCase, door: str, now: Now) -> Change:
    """The customer left before anybody answered: out of the queue, closed, open again if they return. A call
    that waited beside what opened the case ends with it.

    `door` is the channel whose event said so ("" when it was silence).
    """
    channels = {i.channel for i in case.interactions}
    waited = case.contact.state is ContactState.WAITING
    disposition = ABANDONED if waited else LEFT_FLOW
    outcome: dict[str, Scalar] = {"disposition": disposition, "solved": False}
    outcome |= {"door": door} if door else {}
    facts = _closing(case, kept, channels, now) | outcome | (gave_up(case.contact, now) if waited else {})
    entry = _closed(head, case, facts, "customer", now)
    lines = (entry, *_with_the_case(_after(head, (entry,)), case, now))
    waits = (contact for contact in case.contacts if contact.state is ContactState.WAITING)
    rows = (Delete(waiting_row(case, contact, now), over=PRESENT) for contact in waits)
    return (*_ended_case(head, case, kept, disposition, "", lines, now), *rows)


def served_itself(
    head: Head, kept: Case, case: OpenCase, entries: Sequence[Entry], asked: bool, now: Now
) -> Change:
    """A flow answered the customer: closed without a person, behind these entries. `asked`: with a survey."""
    channels = {i.channel for i in case.interactions}
    facts = _closing(case, kept, channels, now) | {"disposition": SELF_SERVED, "solved": True}
    ahead = replace(head, version=head.version + len(entries))
    entry = _closed(ahead, case, facts, "system", now)
    known = replace(kept, answered=kept.answered or asked)
    return _ended_case(head, case, known, SELF_SERVED, "", (*entries, entry), now)


def called_off(head: Head, kept: Case, case: OpenCase, before: Sequence[Entry], now: Now) -> Change:
    """They want no call any more, and nobody of them is on the line: closed behind these entries. Who was to
    be called at a time waited in no queue, so they left none.
    """
    contact, channels = case.contact, {i.channel for i in case.interactions}
    waited = contact.state is ContactState.WAITING
    facts = _closing(case, kept, channels, now) | {"disposition": ABANDONED, "solved": False}
    facts |= gave_up(contact, now) if waited else {}
    entry = _closed(_after(head, before), case, facts, "customer", now)
    row = (Delete(waiting_row(case, contact, now), over=PRESENT),) if waited else ()
    return (*_ended_case(head, case, kept, ABANDONED, "", (*before, entry), now), *row)


def _closing(case: OpenCase, kept: Case, channels: set[str], now: Now) -> dict[str, Scalar]:
    return {
        "queue": case.contact.queue,
        "member": case.member,
        "channels": len(channels | {kept.opened_channel}),
        "resolution_ms": lasted(case.opened_at, now.at),
    }


def _quiet_since(case: OpenCase, exchanges: Sequence[Interaction], now: Now) -> datetime:
    """When the last exchange had ended: from then on it was after-contact work. Now, while one goes on."""
    over = [] if case.interactions else [exchange.ended_at for exchange in exchanges if exchange.ended_at]
    return max(over, default=now.at)


def _closed(
    head: Head, case: OpenCase, facts: dict[str, Scalar], actor: str, now: Now, **more: object
) -> Entry:
    where = {"case_id": case.id, "interaction_id": case.contact.interaction_id}
    told = {"way": Way(case.contact.channel), "actor": actor, "facts": facts}
    return next_entry(head, now, Kind.CASE_CLOSED, **where, **told, **more)


def _with_the_case(head: Head, case: OpenCase, now: Now) -> tuple[Entry, ...]:
    """Contacts that joined later end with the case: a line each, so that each is counted. The exchange of who
    is to be called, or left word, was over before.
    """
    lines: list[Entry] = []
    going = {gone.id: gone for gone in case.interactions}
    for contact in case.contacts[1:]:
        facts = what_it_was(contact, now) | {"queue": contact.queue, "by": "case"}
        gone = going.get(contact.interaction_id)
        facts |= {} if gone else {"before": True}
        lines.append(interaction_ended(_after(head, lines), case, gone or _over(case, contact), facts, now))
    return tuple(lines)


def _over(case: OpenCase, contact: Contact) -> OpenInteraction:
    at = contact.enqueued_at
    return OpenInteraction(contact.interaction_id, Way(contact.channel, member=case.member), at, at)


def _after(head: Head, lines: Sequence[Entry]) -> Head:
    """The head for the entry that follows these."""
    return replace(head, version=head.version + len(lines))


def _ended_case(
    head: Head, case: OpenCase, kept: Case, disposition: str, owner: str, entries: Sequence[Entry], now: Now
) -> tuple[Write, ...]:
    """The entries, the head with its closed case, the case as it is kept, and its interactions."""
    past = ClosedCase(case.id, case.member, case.contact.queue, case.opened_at, now.at, owner)
    left = None if disposition == ABUSE else past  # the next message opens a new case, for another agent
    answered = kept.answered or case.first_reply_at is not None or talked(case, now)
    stored = replace(kept, closed_at=now.at, disposition=disposition, owner=owner, answered=answered)
    stored = replace(stored, version=kept.version + 1)
    over = tuple(Put(ended(case.id, i, "case", now), over=PRESENT) for i in case.interactions)
    after = replace(without_case(head, case.id), closed=left)
    return (*written(head, after, *entries), Put(stored, over=kept.version), *over)


def solves(code: str, now: Now) -> bool:
    """Whether this outcome counts as solved; Refused when the centre has no such outcome."""
    for disposition in now.centre.dispositions:
        if disposition.code == code:
            return disposition.solved
    raise Refused("unknown_disposition")
