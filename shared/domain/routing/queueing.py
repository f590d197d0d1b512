"""How a contact begins to wait: what is known of it, then its queue, then whether for one agent alone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.address.address import Address
from shared.domain.address.phone import region_of
from shared.domain.customer.head import Contact, ContactState
from shared.domain.guided import asks_for_intent
from shared.domain.now import Now
from shared.domain.queue_state import entered
from shared.domain.routing.alone import ALONE, prefers, remembers
from shared.domain.routing.announcing import next_one
from shared.domain.routing.needs import Facts, Placed, asks_for, placed, spelled
from shared.domain.routing.overflow import OVERFLOW, overflows_at
from shared.domain.routing.pool import virtual_start
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Scalar, Timer
from shared.domain.times import iso

RING = "ring"  # the timer's word


@dataclass(frozen=True, slots=True)
class Asker:
    """What is known of a customer besides the contact. `agent` is who is to have it before anybody else:
    the owner of its case, or who had their last one, which was closed at `closed`.
    """

    address: Address
    language: str = ""
    tier: str = ""
    agent: Agent | None = None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A contact that waits from now on, and what a rule asked for and nobody knew."""

    contact: Contact
    unknown: tuple[str, ...] = ()


def queued(contact: Contact, asker: Asker, now: Now, chosen: str = "") -> Queued:
    """`chosen` is the queue named by the flow, or by the case it belongs to; "" for none."""
    known = _with_facts(contact, asker, now)
    place = placed_again(known, asker.language, now, chosen)
    waits = replace(
        known,
        state=ContactState.WAITING,
        queue=place.queue,
        needs=place.needs,
        priority=place.priority,
        enqueued_at=now.at,
        flow=None,
    )
    forgotten = asker.closed and not remembers(now.centre.queue_of(waits.queue), asker.closed, now)
    return Queued(prefers(waits, None if forgotten else asker.agent, now), place.unknown)


def placed_again(contact: Contact, language: str, now: Now, chosen: str) -> Placed:
    """Its queue, needs and priority, where this queue is `chosen`: of one that is drained, the one that gets
    what it would have got.
    """
    facts = facts_of(contact, language)
    place = placed(facts, now.centre, chosen)
    into = entered(now.queue_states, place.queue, now.centre, now.at)
    return place if into == place.queue else placed(facts, now.centre, into)


def facts_of(contact: Contact, language: str) -> Facts:
    return Facts(contact.channel, language, contact.location, contact.intent, contact.tier)


def where_it_waits(contact: Contact, unknown: tuple[str, ...] = ()) -> dict[str, Scalar]:
    """What its entry says of where it waits."""
    facts: dict[str, Scalar] = {"queue": contact.queue, "priority": contact.priority}
    facts |= {"needs": spelled(contact.needs)} if contact.needs else {}
    facts |= {"unknown": ",".join(unknown)} if unknown else {}
    if contact.alone_until:
        facts |= {"preferred": contact.preferred, "alone_until": iso(contact.alone_until)}
    return facts


def timers(contact: Contact, now: Now) -> tuple[Timer, ...]:
    """What may move it on while it waits, when more agents may be asked, and what its customer is told."""
    over, rings = overflows_at(contact, now.centre), now.centre.queue_of(contact.queue).rings
    moves = (Timer(max(over, now.at), OVERFLOW),) if over else ()
    ends = (Timer(contact.alone_until, ALONE),) if contact.alone_until else ()
    wider = (virtual_start(contact) + timedelta(seconds=ring.after_seconds) for ring in rings)
    opens = tuple(Timer(at, RING) for at in wider if at > now.at)
    return (*ends, *moves, *opens, *next_one(contact, now))


def overdue(contact: Contact, now: Now) -> tuple[Timer, ...]:
    """Those that ran out while an agent was asked, or had it."""
    return tuple(timer for timer in timers(contact, now) if timer.at <= now.at)


def _with_facts(contact: Contact, asker: Asker, now: Now) -> Contact:
    """What a rule or a guide asks for is kept with it, no more: the head is billed by the kilobyte."""
    wants = asks_for(now.centre, "intent") or asks_for_intent(now.centre.guides)
    return replace(
        contact,
        location=region_of(asker.address) if asks_for(now.centre, "location") else "",
        intent=contact.intent if wants else "",
        tier=asker.tier if asks_for(now.centre, "tier") else "",
    )
