"""How exchanges end: an interaction by silence or by leaving, a case with its disposition."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.address.way import Way
from shared.domain.case.reply import owned
from shared.domain.change import PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import ClosedCase, Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import staffed, without
from shared.domain.routing.market import waiting_row
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import (
    contact_of,
    next_entry,
    with_case,
    without_case,
    without_contact,
    written,
)
from shared.domain.timeline.entry import Entry, Kind, Scalar, Signals
from shared.domain.times import lasted

ABANDONED = "abandoned"


def close(
    head: Head, kept: Case, exchanges: Sequence[Interaction], agent: Agent, disposition: str, now: Now
) -> Change:
    """The owner ends the case: its interactions end with it, the places are free, the survey may follow.

    `kept` is the stored case, `exchanges` every interaction it ever had. Refused `contact_open` while
    somebody else talks, or a call still rings in it.
    """
    case = owned(head, kept.id, agent.id)
    if any(contact.agent != agent.id or contact.offer_id for contact in case.contacts):
        raise Refused("contact_open", status=409)
    solved = _disposition(disposition, now)
    taken = case.contact.assigned_at or now.at
    facts = _closing(case, kept, {exchange.channel for exchange in exchanges}, now) | {
        "agent": agent.id,
        "disposition": disposition,
        "solved": solved,
        "handle_ms": lasted(taken, now.at),
        "places": now.channels.of(case.contact.channel).places,
        "wrap_ms": lasted(max(taken, _quiet_since(case, exchanges, now)), now.at),
    }
    wake = Signals(wake=now.centre.pool_of(case.contact.queue))
    entry = _closed(head, case, facts, f"agent:{agent.id}", now, wake)
    ended = _ended_case(head, case, kept, disposition, agent.id, entry, now)
    return (*ended, *staffed(agent, without(agent, *(c.interaction_id for c in case.contacts)), now))


def abandon(head: Head, kept: Case, case: OpenCase, door: str, now: Now) -> Change:
    """The customer left before anybody answered: out of the queue, closed, open again if they return.

    `door` is the channel whose event said so ("" when it was silence).
    """
    channels = {i.channel for i in case.interactions}
    outcome: dict[str, Scalar] = {"disposition": ABANDONED, "solved": False}
    outcome |= {"door": door} if door else {}
    facts = _closing(case, kept, channels, now) | outcome | _gave_up(case.contact, now)
    entry = _closed(head, case, facts, "customer", now, Signals())
    ended = _ended_case(head, case, kept, ABANDONED, "", entry, now)
    return (*ended, Delete(waiting_row(case, case.contact, now), over=PRESENT))


def end_interaction(
    head: Head,
    case: OpenCase,
    gone: OpenInteraction,
    by: str,
    now: Now,
    door: str = "",
    agent: Agent | None = None,
    **told: object,
) -> Change:
    """One exchange is over, the case goes on: the customer may come back on any channel.

    A contact that joined the case later ends with its exchange; `agent` is who has it, if somebody has.
    """
    contact = extra_contact(case, gone)
    facts: dict[str, Scalar] = {"queue": case.contact.queue, "by": by}
    facts |= {"door": door} if door else {}
    left = replace(case, interactions=tuple(i for i in case.interactions if i.id != gone.id))
    writes: tuple[Write, ...] = ()
    if contact:
        left = without_contact(left, gone.id)
        facts, writes = facts | _over(contact, now), _out(case, contact, agent, now)
    entry = interaction_ended(head, case, gone, facts, now, signals=Signals(tell=case.agent), **told)
    over = Put(ended(case.id, gone, by, now), over=PRESENT)
    return (*written(head, with_case(head, left), entry), over, *writes)


def extra_contact(case: OpenCase, gone: OpenInteraction) -> Contact | None:
    """The contact of this exchange, unless it is the one that opened the case: that one stays as long."""
    contact = contact_of(case, gone.id)
    return None if contact is case.contact else contact


def interaction_ended(
    head: Head, case: OpenCase, gone: OpenInteraction, facts: dict[str, Scalar], now: Now, **told: object
) -> Entry:
    way = Way(gone.channel)
    where = {"way": way, "case_id": case.id, "interaction_id": gone.id, "timeline": gone.member}
    return next_entry(head, now, Kind.INTERACTION_ENDED, facts=facts, **(where | told))


def ended(case_id: str, gone: OpenInteraction, by: str, now: Now) -> Interaction:
    return Interaction(
        gone.member, case_id, gone.id, gone.channel, gone.address, gone.started_at, now.at, by, version=2
    )


def abandons(case: OpenCase, gone: OpenInteraction, now: Now) -> bool:
    """Whether nobody is left to answer, and nobody had been asked to."""
    return case.contact.state is ContactState.WAITING and deserted(case, gone, now)


def deserted(case: OpenCase, gone: OpenInteraction, now: Now) -> bool:
    """Whether this was the only live exchange: who leaves a chat does not wait, who wrote an SMS does."""
    return now.channels.of(gone.channel).live and case.interactions == (gone,)


def _over(contact: Contact, now: Now) -> dict[str, Scalar]:
    """What the figures are told of a contact that ends before its case does."""
    if contact.state is not ContactState.CONNECTED:
        return _gave_up(contact, now)
    places = now.channels.of(contact.channel).places
    handled = lasted(contact.assigned_at or now.at, now.at)
    return {"agent": contact.agent, "handle_ms": handled, "wrap_ms": 0, "places": places}


def _gave_up(contact: Contact, now: Now) -> dict[str, Scalar]:
    return {"abandoned": True, "waited_ms": lasted(contact.waits_since, now.at)}


def _out(case: OpenCase, contact: Contact, agent: Agent | None, now: Now) -> tuple[Write, ...]:
    """Its row leaves the market, or its places are free again."""
    if contact.state is ContactState.WAITING:
        return (Delete(waiting_row(case, contact, now), over=PRESENT),)
    return staffed(agent, without(agent, contact.interaction_id), now) if agent else ()


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
    head: Head, case: OpenCase, facts: dict[str, Scalar], actor: str, now: Now, signals: Signals
) -> Entry:
    where = {"case_id": case.id, "interaction_id": case.contact.interaction_id}
    told = {"way": Way(case.contact.channel), "actor": actor, "facts": facts, "signals": signals}
    return next_entry(head, now, Kind.CASE_CLOSED, **where, **told)


def _ended_case(
    head: Head, case: OpenCase, kept: Case, disposition: str, owner: str, entry: Entry, now: Now
) -> tuple[Write, ...]:
    """The entry, the head with its closed case, the case as it is kept, and its interactions."""
    past = ClosedCase(case.id, case.member, case.contact.queue, case.opened_at, now.at, owner)
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
