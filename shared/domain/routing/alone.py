"""An agent who is to have a contact before anybody else: it waits a while for them alone."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.customer.head import Contact, ContactState
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.reach import known_needs, serves
from shared.domain.routing.capacity import takes_now
from shared.domain.routing.phone import rung
from shared.domain.routing.staff import Agent, Presence, takes_work
from shared.domain.staffing import Abilities

ALONE, ALONE_OVER = "alone", "alone_over"


def prefers(contact: Contact, agent: Agent | None, now: Now) -> Contact:
    """The contact with its agent, where they are there and serve its pool. While they are busy, or lack what
    its queue asks for, it waits for them alone; else, or when they are gone, in its queue from the beginning.
    """
    abilities = _abilities(agent, now) if agent else None
    if agent is None or abilities is None or not at_work(agent, contact, now):
        return contact
    waits = replace(contact, preferred=agent.id)
    seconds = now.centre.queue_of(contact.queue).preferred_seconds
    if not seconds or _free(agent, abilities, contact, now):
        return waits
    return replace(waits, alone_until=now.at + timedelta(seconds=seconds))


def remembers(queue: Queue, closed_at: datetime, now: Now) -> bool:
    """Whether a new case in this queue still goes first to the agent of one that was closed then."""
    return now.at - closed_at <= timedelta(days=queue.last_agent_days)


def alone_over(contact: Contact, at: datetime) -> bool:
    """Whether it has waited for one agent for as long as it is to."""
    waits = contact.state is ContactState.WAITING
    return waits and contact.alone_until is not None and contact.alone_until <= at


def at_work(agent: Agent, contact: Contact, now: Now) -> bool:
    """Whether they take work now, of the pool that serves this contact, and can be rung for a call."""
    there = agent.presence is Presence.AVAILABLE and not agent.not_responding and not agent.draining
    reached = bool(rung((contact.channel,), agent, now))
    return there and reached and agent.pool == now.centre.pool_of(contact.queue)


def _free(agent: Agent, abilities: Abilities, contact: Contact, now: Now) -> bool:
    """What may ring the owner of its case beside what fills them, or for which they lack a skill, does so
    out of their own queue.
    """
    queue, needs = now.centre.queue_of(contact.queue), known_needs(contact.needs, now.centre)
    if not serves(abilities, queue, needs, ring=0):
        return False
    return takes_work(agent) and contact.channel in takes_now(agent, abilities.profile, now)


def _abilities(agent: Agent, now: Now) -> Abilities | None:
    return now.roster.of_login(agent.login)
