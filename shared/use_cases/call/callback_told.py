"""A customer who was called back answered, or did not: the rules are those of who tells it by hand."""

from shared.domain.call.leg_words import way_of
from shared.domain.call.on_call import OnCall
from shared.domain.case.attach import stored
from shared.domain.case.call_made import MOST_TRIES, having, missed, reached
from shared.domain.case.end_interaction import end_interaction
from shared.domain.case.together import found_in, together
from shared.domain.change import ANY, Change, Put, Ref
from shared.domain.customer.call import Leg
from shared.domain.customer.head import Contact, Head, OpenCase, OpenInteraction
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, with_case, with_interaction, written
from shared.domain.timeline.once import asking
from shared.ports import Store
from shared.use_cases.case.make_callback import MakeCallback


def callback_told(
    store: Store, now: Now, head: Head, here: OnCall, leg: Leg, answered: bool, door: str = ""
) -> Change:
    """After the last try that nobody answered the case ends, where nobody else talks in it."""
    case, contact = here.case, here.contact
    agent = store.get(Ref(Agent, contact.agent)) if contact else None
    if case is None or contact is None or agent is None:
        return ()
    if answered:
        called = reached(head, agent, case, contact, now)
        spoken, writes = _begins(head, called.case, here, now)
        return (*written(head, with_case(head, spoken), called.entry), *called.writes, *writes)
    if having(contact, agent).tries + 1 >= MOST_TRIES:
        try:
            return _given_up(store, now, head, agent, case, contact, leg)
        except Refused:
            pass  # somebody else talks in it, or is asked: they are called once more
    called = missed(head, agent, case, contact, now)
    change = (*written(head, with_case(head, called.case), called.entry), *called.writes)
    return _line_over(change, head, here, now, door)


def _begins(head: Head, case: OpenCase, here: OnCall, now: Now) -> tuple[OpenCase, Change]:
    """The exchange goes on, where its caller had hung up before."""
    way = way_of(head, here.call, now)
    if here.going or not now.channels.of(here.contact.channel if here.contact else "").calls:
        return case, ()
    begun = OpenInteraction(here.call.interaction_id, way, here.call.started_at, now.at)
    return with_interaction(case, begun), (Put(stored(case.id, begun), over=ANY),)


def _given_up(
    store: Store, now: Now, head: Head, agent: Agent, case: OpenCase, contact: Contact, leg: Leg
) -> Change:
    made = MakeCallback(store, lambda at=None: now)
    return made.given_up(head, agent, case, contact, asking(agent.id, leg.id, "call", case.id, leg.id))


def _line_over(change: Change, before: Head, here: OnCall, now: Now, door: str) -> Change:
    """The exchange of this try is over; the contact waits for the next one."""
    head = found_in(change, Ref(Head, before.customer_id)) or before
    case = case_of(head, here.call.case_id)
    if case is None or here.going is None or not now.channels.of(here.going.channel).calls:
        return change
    return together(change, end_interaction(head, case, here.going, "customer", now, door))
