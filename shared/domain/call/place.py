"""An agent calls a customer: in a case of theirs, in a new one, or as it was asked for."""

from dataclasses import dataclass, replace

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.call.leg_words import calls_channel
from shared.domain.case.attach import silence, stored
from shared.domain.centre import hours_of
from shared.domain.change import ABSENT, ANY, Change, Put, Write
from shared.domain.customer.call import Call, Spot
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.hours import is_open
from shared.domain.ids import case_number
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.queue_state import is_shut
from shared.domain.routing.assign import rows_anew, staffed
from shared.domain.routing.capacity import engagement, profile_of
from shared.domain.routing.phone import leg_timer
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import next_entry, with_case, with_contact, with_interaction, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CASE, Entry, Kind, Scalar, Signals


@dataclass(frozen=True, slots=True)
class Placing:
    """`number` is who is rung, `member` whose number it is. `own_side` is our number that they see, "" for
    the account's. `before` is the call of an earlier try.
    """

    agent: Agent
    number: Address
    member: str
    own_side: str = ""
    before: Call | None = None


def called_back(head: Head, case: OpenCase, contact: Contact, told: Placing, now: Now) -> Change:
    """Who asked for it: their contact is the agent's already. The number is where they are called."""
    entry = _line(head, case, contact.interaction_id, told, now, {"queue": contact.queue, "callback": True})
    wish = replace(contact.callback, address=told.number) if contact.callback else None
    after = with_case(head, with_contact(case, replace(contact, callback=wish)))
    return (*written(head, after, entry), _call(head, case, contact.interaction_id, told, now))


def placed(head: Head, case: OpenCase | None, told: Placing, now: Now) -> Change:
    """A new exchange with a contact that is the agent's from the beginning; without a case, in a new one."""
    begun = OpenInteraction(now.new_id(), way_to(told, now), now.at, now.at)
    queue = case.contact.queue if case else _queue(told.agent, now).name
    contact = Contact(begun.id, begun.channel, queue, ContactState.CONNECTED, now.at, agent=told.agent.id)
    contact = replace(contact, assigned_at=now.at, priority=now.centre.priority_of(queue))
    opened: tuple[Write, ...] = ()
    here = case
    if here is None:
        here = OpenCase(now.new_id(), told.member, now.at, (contact,), (begun,), owner=told.agent.id)
        kept = Case(told.member, here.id, case_number(here.id), now.at, queue, begun.channel)
        opened = (Put(kept),)
    here = with_interaction(with_contact(here, contact), begun)
    facts: dict[str, Scalar] = {"queue": queue} | ({"reopened": False} if case is None else {})
    entry = _line(head, here, begun.id, told, now, facts)
    entry = replace(entry, due=now.at + silence(begun.channel, now), due_for="silence")
    place = replace(engagement(told.agent, here, contact, now), owns=here.owner == told.agent.id)
    held = replace(told.agent, engagements=(*told.agent.engagements, place))
    return (
        *written(head, with_case(head, here), entry),
        *opened,
        Put(stored(here.id, begun), over=ANY),
        _call(head, here, begun.id, told, now),
        *rows_anew(here, contact, now),
        *staffed(told.agent, held, now),
    )


def way_to(told: Placing, now: Now) -> Way:
    return Way(calls_channel(now), told.number, told.member, told.number.value, told.own_side)


def closed_for(agent: Agent, now: Now) -> bool:
    """Whether a call that nobody waits for would come at a time when the centre calls nobody."""
    queue = _queue(agent, now)
    open_now = is_open(hours_of(queue, now.centre), now.at, now.centre.zone)
    return not open_now or is_shut(now.queue_states, queue.name, now.at)


def _queue(agent: Agent, now: Now) -> Queue:
    """The first that the agent serves."""
    served = profile_of(agent, now).queues
    return now.centre.queue_of(served[0]) if served else now.centre.queue


def _line(
    head: Head, case: OpenCase, interaction_id: str, told: Placing, now: Now, facts: dict[str, Scalar]
) -> Entry:
    """The number stands in its text, which only staff read."""
    return next_entry(
        head,
        now,
        Kind.CALL_PLACED,
        timeline=told.member,
        actor=f"agent:{told.agent.id}",
        way=way_to(told, now),
        case_id=case.id,
        interaction_id=interaction_id,
        content=Content(told.number.value),
        facts=facts | {"agent": told.agent.id},
        signals=Signals(tell=told.agent.id, begins=(CASE,) if "reopened" in facts else ()),
        timers=leg_timer(calls_channel(now), now),
    )


def _call(head: Head, case: OpenCase, interaction_id: str, told: Placing, now: Now) -> Put:
    """Anew, whatever became of an earlier try."""
    before = told.before
    call = Call(
        before.customer_id if before else told.member,
        interaction_id,
        case.id,
        now.at,
        spot=Spot.QUEUE,
        outbound=True,
        own_side=told.own_side,
        language=language_for(head, now),
        number=told.number.value,
        version=before.version + 1 if before else 1,
    )
    return Put(call, over=before.version if before else ABSENT)
