"""What follows for the contact and its people when a line of its call is another one now."""

from enum import Enum

from shared.domain.call.leg_words import in_room
from shared.domain.call.look import former
from shared.domain.call.on_call import OnCall, on_call
from shared.domain.customer.call import Call, Leg, LegRole, LegState
from shared.domain.customer.head import Contact, ContactState, Head

JOINS = "join"  # how a supervisor is heard by both


class Follows(Enum):
    """WAITS_AGAIN: back into its queue, its agent did not respond. ADVICE_OVER: the colleague is gone.
    CALL_OVER: nobody of ours is with the customer. REACHED and MISSED: whom we call back. CALLER_GONE: off
    the line. NOT_THERE: whom an agent called did not answer.
    """

    WAITS_AGAIN = "waits_again"
    ADVICE_OVER = "advice_over"
    CALL_OVER = "call_over"
    REACHED = "reached"
    MISSED = "missed"
    CALLER_GONE = "caller_gone"
    NOT_THERE = "not_there"


def what_follows(head: Head, call: Call, before: Leg) -> tuple[Follows, ...]:
    """`call` is as it is now, `before` the leg that changed, as it was; in the order in which they happen."""
    here, leg = on_call(head, call), call.leg(before.id)
    if leg is None or here.case is None or leg.state is before.state:
        return ()
    if leg.role is LegRole.CUSTOMER:
        return _of_customer(here, before, leg)
    if not leg.over or before.over or here.contact is None:
        return ()
    return _of_staff(here, here.contact, leg)


def _of_customer(here: OnCall, before: Leg, leg: Leg) -> tuple[Follows, ...]:
    contact = here.contact
    wanted = contact is not None and contact.callback is not None and contact.state is ContactState.CONNECTED
    if leg.state is LegState.TALKING:
        return (Follows.REACHED,) if wanted else ()
    if not leg.over or before.over:
        return ()
    if leg.state is LegState.FAILED and contact is not None and _for_nobody(leg, contact):
        return ()
    if leg.state is LegState.FAILED:
        return (Follows.MISSED if wanted else Follows.NOT_THERE,)
    return (Follows.REACHED, Follows.CALLER_GONE) if wanted else (Follows.CALLER_GONE,)


def _for_nobody(leg: Leg, contact: Contact) -> bool:
    """Whether it rang for somebody who has the contact no more: whoever gets it next has it rung anew."""
    return contact.state is not ContactState.CONNECTED or former(leg, contact)


def _of_staff(here: OnCall, contact: Contact, leg: Leg) -> tuple[Follows, ...]:
    call, has_it = here.call, contact.state is ContactState.CONNECTED
    advises = leg.who and contact.asked == leg.who and not contact.ask_id
    advice = (Follows.ADVICE_OVER,) if advises else ()
    if call.ending:
        return advice  # it is over already: somebody of ours hung up
    if leg.who and leg.who == contact.agent and former(leg, contact):
        return ()  # they have the contact again, and are rung again
    together = in_room(call) and leg.state is LegState.ENDED
    if has_it and leg.who and contact.agent == leg.who and not together:
        if here.going is None and contact.callback is None:
            return ()  # the customer was gone before
        return (Follows.CALL_OVER if _nobody_waits(call, contact) else Follows.WAITS_AGAIN,)
    over = has_it and in_room(call) and _left_alone(call, contact)
    return (*advice, Follows.CALL_OVER) if over else advice


def _left_alone(call: Call, contact: Contact) -> bool:
    """Whether nobody of ours is with the customer any more, or is to come: who has the contact was there, and
    a supervisor whom the customer does not hear is nobody.
    """
    came = any(leg.who == contact.agent for leg in call.legs)
    return came and all(leg.role is LegRole.SUPERVISOR and leg.listens != JOINS for leg in call.staff())


def _nobody_waits(call: Call, contact: Contact) -> bool:
    """Whether an agent called somebody who was not on the line yet, and did not ask for it."""
    there = call.customer is not None and call.customer.state is LegState.TALKING
    return call.outbound and contact.callback is None and not there
