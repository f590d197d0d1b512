"""How an exchange ends while its case goes on: by silence, or because the customer left."""

from dataclasses import replace

from shared.domain.address.way import Way
from shared.domain.change import PRESENT, Change, Delete, Put, Write
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Interaction
from shared.domain.now import Now
from shared.domain.routing.assign import owned_anew, rows_anew, staffed, without
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.staff import Agent
from shared.domain.routing.wrap_up import after_talk, wrap_timer
from shared.domain.timeline.append import (
    contact_of,
    next_entry,
    with_case,
    without_contact,
    written,
)
from shared.domain.timeline.entry import Entry, Kind, Scalar, Signals
from shared.domain.times import lasted


def end_interaction(
    head: Head,
    case: OpenCase,
    gone: OpenInteraction,
    by: str,
    now: Now,
    door: str = "",
    agent: Agent | None = None,
    stays: bool = False,
    **told: object,
) -> Change:
    """One exchange is over, the case goes on: the customer may come back on any channel.

    A contact that joined the case later ends with its exchange, unless the customer is to be called, or left
    word (it `stays`); `agent` is who has it, if somebody has.
    """
    contact = extra_contact(case, gone)
    contact = None if contact and (contact.callback or stays) else contact
    facts: dict[str, Scalar] = {"queue": case.contact.queue, "by": by}
    facts |= {"door": door} if door else {}
    left = replace(case, interactions=tuple(i for i in case.interactions if i.id != gone.id))
    writes: tuple[Write, ...] = ()
    if contact:
        left = owned_anew(without_contact(left, gone.id))
        facts, writes = facts | what_it_was(contact, now), _out(case, contact, agent, now)
        writes = (*writes, *rows_anew(left, contact, now))
        told |= wrap_timer(now) if agent and wraps(contact, now) else {}
    entry = interaction_ended(head, case, gone, facts, now, signals=Signals(tell=case.agent), **told)
    past = Put(ended(case.id, gone, by, now), over=PRESENT)
    return (*written(head, with_case(head, left), entry), past, *writes)


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


def deserted(case: OpenCase, gone: OpenInteraction, now: Now) -> bool:
    """Whether this was the only live exchange: who leaves a chat does not wait, who wrote an SMS does."""
    return now.channels.of(gone.channel).live and case.interactions == (gone,)


def what_it_was(contact: Contact, now: Now) -> dict[str, Scalar]:
    """What the figures are told of a contact that ends before its case does. Whom a flow talked with left no
    queue.
    """
    if contact.state is ContactState.FLOW:
        return {}
    if contact.state is not ContactState.CONNECTED:
        return gave_up(contact, now)
    places = now.channels.of(contact.channel).places
    handled = lasted(contact.assigned_at or now.at, now.at)
    return {"agent": contact.agent, "handle_ms": handled, "wrap_ms": 0, "places": places}


def gave_up(contact: Contact, now: Now) -> dict[str, Scalar]:
    return {"abandoned": True, "waited_ms": lasted(contact.waits_since, now.at)}


def _out(case: OpenCase, contact: Contact, agent: Agent | None, now: Now) -> tuple[Write, ...]:
    """Its row leaves the pool, or its places are free again."""
    if contact.state is ContactState.WAITING:
        return (Delete(waiting_row(case, contact, now), over=PRESENT),)
    if agent is None:
        return ()
    gone = contact.interaction_id
    return staffed(agent, after_talk(agent, gone, now) if wraps(contact, now) else without(agent, gone), now)


def wraps(contact: Contact, now: Now) -> bool:
    """Whether after-contact work follows: that of a live exchange, whose case goes on without it."""
    return contact.state is ContactState.CONNECTED and now.channels.of(contact.channel).live


def abandons(case: OpenCase, gone: OpenInteraction, now: Now) -> bool:
    """Whether the case ends with the customer who is gone: no agent has the contact or is offered it, and
    nobody is to call them, nor to hear their word. A telephone call that joined it takes no more with it than
    its own contact.
    """
    going = {one.id for one in case.interactions}
    stays = (c for c in case.contacts[1:] if c.interaction_id not in going)
    if any(contact.callback for contact in case.contacts) or any(stays):
        return False
    if now.channels.of(gone.channel).calls and case.contact.interaction_id != gone.id:
        return False
    return case.contact.state in (ContactState.WAITING, ContactState.FLOW) and deserted(case, gone, now)


def talked(case: OpenCase, now: Now) -> bool:
    """Whether somebody had the customer on the phone."""
    taken = (c for c in case.contacts if c.state is ContactState.CONNECTED and c.callback is None)
    return any(now.channels.of(contact.channel).calls for contact in taken)
