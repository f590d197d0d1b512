"""A case is left alone until a time or until the customer writes, whichever is first. Its agent keeps it, and
none of their places are taken meanwhile.

The agent's part of the handle time ends with it; the case's clock goes on. Back from it, the contact is with
its agent at once where they are there and have room; else it waits with its old rank, for them before others.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.change import ANY, Put, Write
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.customer.snooze import Sleeper, Snooze
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.alone import at_work, prefers
from shared.domain.routing.assign import owned_anew, rows_anew, staffed, wakes, without
from shared.domain.routing.capacity import engagement, fits, full
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.queueing import timers, where_it_waits
from shared.domain.routing.sleep import HAS_IT, off_the_list, sleeping
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import event_line, had
from shared.domain.timeline.append import case_of, with_contact
from shared.domain.timeline.entry import CONTACT, Entry, Kind, Scalar
from shared.domain.times import iso

SNOOZE = "snooze"  # the timer's word
LONGEST = timedelta(days=90)
TIME, CUSTOMER, AGENT = "time", "customer", "agent"  # what woke it


@dataclass(frozen=True, slots=True)
class Turned:
    """The case as it is now, the line that says so, and what else is written."""

    case: OpenCase
    entry: Entry
    writes: tuple[Write, ...]


def snooze(head: Head, case_id: str, agent: Agent, until: datetime, now: Now) -> Turned:
    """Refused `snooze_time`, `snooze_call` (422), `case_closed`, `not_owner`, `consult_open` and
    `contact_open` (409). A case that sleeps already gets the new time.
    """
    if not now.at < until <= now.at + LONGEST:
        raise Refused("snooze_time", status=422)
    case, contact = _mine(head, case_id, agent, now)
    facts: dict[str, Scalar] = {"agent": agent.id, "queue": contact.queue, "until": iso(until)}
    awake = contact.state is ContactState.CONNECTED
    facts |= had(contact, agent, now) if awake else {}
    actor = f"agent:{agent.id}"
    line = event_line(head, case, contact, Kind.CASE_SNOOZED, facts, actor, now, due=until, due_for=SNOOZE)
    after = replace(contact, state=ContactState.SNOOZED, assigned_at=None)
    slept = replace(with_contact(case, after), snoozed=Snooze(until, agent.id))
    row = Put(Sleeper(agent.id, case.id, case.member, until), over=ANY)
    free = staffed(agent, without(agent, contact.interaction_id), now) if awake else ()
    return Turned(slept, line, (row, *free))


def wake(head: Head, case: OpenCase, owner: Agent | None, how: str, now: Now, must: bool = False) -> Turned:
    """`owner` is the agent who snoozed it, None where there is no such agent any more. `must`: they wake it
    themselves. Refused `full` (409) then, where they have no room.
    """
    contact, awake = sleeping(case), replace(case, snoozed=None)
    there = owner is not None and (must or at_work(owner, contact, now))
    if owner and there and fits(owner, awake, contact, now):
        turned = _with_them(head, awake, contact, owner, how, now)
    elif must and owner:
        raise full(owner, contact.channel, now)
    else:
        turned = _waits(head, awake, contact, owner, how, now)
    return replace(turned, writes=(*off_the_list(case), *turned.writes))


def _mine(head: Head, case_id: str, agent: Agent, now: Now) -> tuple[OpenCase, Contact]:
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    mine = [c for c in case.contacts if c.agent == agent.id and c.state in HAS_IT]
    if not mine:
        raise Refused("not_owner", status=409)
    if any(now.channels.of(c.channel).rings or c.callback for c in mine):
        raise Refused("snooze_call", status=422)
    if any(c.asked for c in mine):
        raise Refused("consult_open", status=409)
    if len(mine) < len(case.contacts):
        raise Refused("contact_open", status=409)
    return case, mine[0]


def _with_them(head: Head, case: OpenCase, contact: Contact, owner: Agent, how: str, now: Now) -> Turned:
    facts: dict[str, Scalar] = {"how": how, "agent": owner.id, "queue": contact.queue}
    line = _woken(head, case, contact, facts, now)
    back = replace(contact, state=ContactState.CONNECTED, agent=owner.id, assigned_at=now.at)
    taken = replace(owner, engagements=(*owner.engagements, engagement(owner, case, contact, now)))
    return Turned(with_contact(case, back), line, staffed(owner, taken, now))


def _waits(head: Head, case: OpenCase, contact: Contact, owner: Agent | None, how: str, now: Now) -> Turned:
    """With its age; the agent who had it is asked before others, and alone for a while if they are busy."""
    by = contact.agent
    after = replace(contact, state=ContactState.WAITING, agent="", queued_at=now.at, declines=())
    after = prefers(replace(after, preferred=by, alone_until=None), owner, now)
    facts: dict[str, Scalar] = {"how": how, "agent": by, "reason": "woken", "handle_ms": 0}
    facts |= {"places": now.channels.of(contact.channel).places} | where_it_waits(after)
    signals = replace(wakes(after, now), begins=(CONTACT,), tell=by)
    line = _woken(head, case, after, facts, now, signals=signals, timers=timers(after, now))
    case = owned_anew(with_contact(case, after))
    rows = (Put(waiting_row(case, after, now), over=ANY), *rows_anew(case, after, now))
    return Turned(case, line, rows)


def _woken(
    head: Head, case: OpenCase, contact: Contact, facts: dict[str, Scalar], now: Now, **told: Any
) -> Entry:
    who = {TIME: "system", CUSTOMER: "customer"}
    actor = who.get(str(facts["how"]), f"agent:{facts['agent']}")
    return event_line(head, case, contact, Kind.CASE_WOKEN, facts, actor, now, **told)
