"""Whose a contact is before anybody else's, as far as the head knows: whoever has to be asked for."""

from shared.domain.case.attach import case_here, talking
from shared.domain.case.turn import Turn
from shared.domain.customer.head import ContactState, Head, OpenCase
from shared.domain.now import Now
from shared.domain.routing.alone import remembers


def first_agent(turn: Turn) -> str:
    """The agent who is to be read, should a contact begin to wait with this message; "" for none. Of a case
    that is taken up again the agent was read with it.
    """
    case = case_here(turn)
    if turn.known.closed or turn.known.fresh:
        return ""
    if case and case.snoozed:
        return case.snoozed.by
    met = talking(case, turn) if case else None
    if case and turn.traits.calls:
        return case.owner or (met.preferred if met else "")
    if case and not (met and met.state is ContactState.FLOW):
        return case.owner if _rings_anew(case, turn) else ""
    return remembered(turn.head, turn.now)


def remembered(head: Head, now: Now) -> str:
    """Who had the customer's last case, where any queue sends a new one to them first."""
    closed = head.closed
    if closed is None or not any(remembers(queue, closed.closed_at, now) for queue in now.centre.queues):
        return ""
    return closed.owner


def _rings_anew(case: OpenCase, turn: Turn) -> bool:
    return turn.traits.rings and not any(turn.goes_on(one) for one in case.interactions)
