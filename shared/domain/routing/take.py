"""An agent takes a contact out of its queue by themselves: an offer and its acceptance in one.

They need room for it; the skills it asks for do not count, as a person decided.
"""

from dataclasses import replace

from shared.domain.change import Change, Delete
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.assign import rows_anew, staffed
from shared.domain.routing.capacity import engagement, fits, full
from shared.domain.routing.phone import leg_timer, phone_of
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.seating import frees
from shared.domain.routing.staff import Agent
from shared.domain.routing.transfer import event_line
from shared.domain.timeline.append import with_case, with_contact, written
from shared.domain.timeline.entry import Kind, Scalar
from shared.domain.times import lasted


def taken(head: Head, case: OpenCase, contact: Contact, agent: Agent, now: Now) -> Change:
    """Refused `full` (409) with how many they have and can have, `no_phone` (409) for a call that can ring
    them nowhere.

    The head's version is the lock: of two who take it, and of one who takes it while it is offered, one wins.
    A row that lies elsewhere, because the settings have changed, is taken out by the next look at the pool.
    """
    if now.channels.of(contact.channel).calls and not phone_of(agent, now):
        raise Refused("no_phone", status=409)
    if not fits(agent, case, contact, now):
        raise full(agent, contact.channel, now)
    facts: dict[str, Scalar] = {"queue": contact.queue, "agent": agent.id, "taken": True}
    facts |= {"queue_ms": lasted(contact.waits_since, now.at)}
    facts |= {"transferred": True} if contact.handed_by else {}
    actor, wake = f"agent:{agent.id}", frees(agent, now)
    told = {"signals": wake, "timers": leg_timer(contact.channel, now)}
    line = event_line(head, case, contact, Kind.ASSIGNED, facts, actor, now, **told)
    mine = replace(contact, state=ContactState.CONNECTED, agent=agent.id, assigned_at=now.at, declines=())
    mine = replace(mine, handed_by="", preferred="", alone_until=None)
    owned = replace(with_contact(case, mine), owner=case.owner or agent.id)
    place = replace(engagement(agent, owned, mine, now), owns=owned.owner == agent.id)
    held = replace(agent, engagements=(*agent.engagements, place))
    return (
        *written(head, with_case(head, owned), line),
        Delete(
            waiting_row(case, contact, now),
        ),
        *rows_anew(owned, mine, now),
        *staffed(agent, held, now),
    )
