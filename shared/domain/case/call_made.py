"""An agent and a customer who is to be called: the call that is promised, that was answered, or was not."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.case.callback import Called, line, requested
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import owned_anew, rows_anew, staffed, without
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import had
from shared.domain.timeline.append import with_contact
from shared.domain.timeline.entry import Entry, Kind, Scalar

MOST_TRIES = 3
BETWEEN = timedelta(minutes=10)


def schedule(head: Head, agent: Agent, case: OpenCase, contact: Contact, wish: Callback, now: Now) -> Called:
    """The agent who has the contact will not have it any more: the customer is called at the wish's time."""
    facts = had(contact, agent, now)
    after = replace(contact, callback=wish, state=ContactState.LATER, agent="", assigned_at=None)
    entry = requested(head, case, after, wish, facts, now, actor=f"agent:{agent.id}")
    return _let_go(case, after, entry, agent, now)


def reached(head: Head, agent: Agent, case: OpenCase, contact: Contact, now: Now) -> Called:
    """They speak with each other: the contact is one like others from now on."""
    callback = having(contact, agent)
    facts: dict[str, Scalar] = {"agent": agent.id, "reached": True, "try": callback.tries + 1}
    entry = line(head, case, contact, Kind.CALLBACK_TRIED, now, facts, actor=f"agent:{agent.id}")
    return Called(with_contact(case, replace(contact, callback=None)), entry)


def missed(head: Head, agent: Agent, case: OpenCase, contact: Contact, now: Now) -> Called:
    """Nobody answered: the agent is free, and the customer is called again a while later."""
    callback = having(contact, agent)
    facts = had(contact, agent, now) | {"reached": False, "try": callback.tries + 1}
    later = now.at + BETWEEN
    again = replace(callback, tries=callback.tries + 1, not_before=later)
    after = replace(contact, callback=again, state=ContactState.LATER, agent="", assigned_at=None)
    told = {"actor": f"agent:{agent.id}", "due": later, "due_for": "callback"}
    entry = line(head, case, after, Kind.CALLBACK_TRIED, now, facts, **told)
    return _let_go(case, after, entry, agent, now)


def missed_at_last(head: Head, agent: Agent, case: OpenCase, contact: Contact, now: Now) -> Entry:
    """Nobody answered the last try; the case ends behind this line."""
    facts: dict[str, Scalar] = {"agent": agent.id, "reached": False, "try": having(contact, agent).tries + 1}
    return line(head, case, contact, Kind.CALLBACK_TRIED, now, facts, actor=f"agent:{agent.id}")


def having(contact: Contact, agent: Agent) -> Callback:
    """The callback that this agent is to make. Refused `no_callback` (409) where there is none."""
    mine = contact.agent == agent.id and contact.state is ContactState.CONNECTED
    if contact.callback is None or not mine:
        raise Refused("no_callback", status=409)
    return contact.callback


def _let_go(case: OpenCase, after: Contact, entry: Entry, agent: Agent, now: Now) -> Called:
    """The contact is the agent's no more, and perhaps the case."""
    free = staffed(agent, without(agent, after.interaction_id), now)
    case = owned_anew(with_contact(case, after))
    return Called(case, entry, (*rows_anew(case, after, now), *free))
