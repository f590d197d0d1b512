"""What the carrier's word about a line that we rang makes of it, in whatever order its words come."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.call.begin import KEPT
from shared.domain.change import ANY, Change, Put
from shared.domain.channel.calling import LegHeard
from shared.domain.customer.call import OVER, Call, CallOf, Leg, LegRole, LegState, Spot, with_leg
from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.routing.phone import leg_timer
from shared.domain.timeline.append import case_of, contact_of, next_entry, written
from shared.domain.timeline.entry import Entry, Kind, Scalar, Signals

NO_ANSWER = "no_answer"
RINGS = timedelta(seconds=25)  # longer than the carrier rings anybody
ORDER = (LegState.CLAIMED, LegState.UNKNOWN, LegState.DIALLED, LegState.RINGING, LegState.TALKING)
NOT_YET = frozenset(ORDER) - {LegState.TALKING}


def heard_of(leg: Leg, said: LegHeard, at: datetime) -> Leg | None:
    """The leg after this word; None for an older one, and for one that rings though we have given it up."""
    if not _newer(leg, said) or (leg.over and said.state in NOT_YET):
        return None
    return replace(
        leg,
        state=said.state,
        at=leg.at if leg.state is said.state else at,
        sid=leg.sid or said.sid,
        sequence=max(leg.sequence, said.sequence),
        until=None,
        reason=said.reason,
        seconds=said.seconds,
    )


def with_stray(call: Call, said: LegHeard, at: datetime) -> Call:
    """Who picks up though we had given them up: their line is in the call again, as nobody's, so that it is
    hung up.
    """
    if said.state is not LegState.TALKING or call.leg(said.leg):
        return call
    return with_leg(call, Leg(said.leg, LegRole.NUMBER, LegState.UNKNOWN, at))


def failed(leg: Leg, reason: str, at: datetime) -> Leg:
    """Nobody talks on it, and nobody will."""
    return replace(leg, state=LegState.FAILED, at=at, until=None, reason=reason)


def rings_in_vain(leg: Leg, at: datetime) -> bool:
    """Whether it should have been answered by now, or given up by the carrier."""
    return leg.state in NOT_YET and at - leg.at >= RINGS


def changed_leg(head: Head, call: Call, after: Leg, now: Now) -> Change:
    """The line of it, and the call with the leg as it is now. Whom we rang and who talks is in the room, and
    nobody is held any more by who has left.
    """
    answered = after.role is LegRole.CUSTOMER and after.state is LegState.TALKING and after.to
    moved = replace(with_leg(call, after), version=call.version + 1)
    moved = replace(moved, spot=Spot.ROOM) if answered and moved.spot is not Spot.HOLD else moved
    left = after.over and after.who and after.who == _has_it(head, call)
    moved = replace(moved, held=False) if left else moved
    entry = call_line(head, call, Kind.LEG_CHANGED, _facts(after), now, timers=_timers(call, after, now))
    return (
        *written(head, head, entry),
        Put(moved, over=call.version),
        *_found_by(call, after, entry.way, now),
    )


def call_line(
    head: Head, call: Call, kind: Kind, facts: dict[str, Scalar], now: Now, **told: object
) -> Entry:
    """A line of the call for staff, in the timeline of the member whose call it is."""
    where: dict[str, object] = {"case_id": call.case_id, "interaction_id": call.interaction_id}
    about = {"timeline": call.customer_id, "way": way_of(head, call, now)} | where
    about |= {"signals": Signals(tell=_has_it(head, call))}
    return next_entry(head, now, kind, facts=facts, **(about | told))


def _has_it(head: Head, call: Call) -> str:
    """Whose desk hears of it."""
    case = case_of(head, call.case_id)
    contact = contact_of(case, call.interaction_id) if case else None
    return (contact.agent if contact else "") or (case.agent if case else "")


def way_of(head: Head, call: Call, now: Now) -> Way:
    """The customer's end of it: that of the exchange, or who is called beside an exchange of another kind."""
    case = case_of(head, call.case_id)
    going = (one.way for one in case.interactions if one.id == call.interaction_id) if case else ()
    found = next((way for way in going if now.channels.of(way.channel).calls), None)
    if found:
        return found
    contact = contact_of(case, call.interaction_id) if case else None
    wished = contact.callback.address.value if contact and contact.callback else ""
    number = call.number or wished
    address = Address("phone", number)
    return Way(calls_channel(now), address, call.customer_id, number, call.own_side)


def calls_channel(now: Now) -> str:
    """The channel by which calls go; "" in a centre without a telephone."""
    return next((one.name for one in now.channels.all if one.calls), "")


def in_room(call: Call) -> bool:
    """Whether the customer is on the line and was put through to staff."""
    leg = call.customer
    there = leg is not None and leg.state is LegState.TALKING
    return there and call.spot in (Spot.ROOM, Spot.HOLD)


def _newer(leg: Leg, said: LegHeard) -> bool:
    """By the carrier's numbers; where it gives none, what is further on."""
    if said.sequence >= 0:
        return said.sequence > leg.sequence
    return _place(said.state) > _place(leg.state)


def _place(state: LegState) -> int:
    return len(ORDER) if state in OVER else ORDER.index(state)


def _facts(leg: Leg) -> dict[str, Scalar]:
    facts: dict[str, Scalar] = {"leg": leg.id, "role": leg.role, "state": leg.state}
    facts |= {"agent": leg.who} if leg.who else {}
    facts |= {"reason": leg.reason} if leg.reason else {}
    return facts | ({"seconds": leg.seconds} if leg.seconds else {})


def _timers(call: Call, leg: Leg, now: Now) -> tuple[object, ...]:
    """Once the agent talks on a call that we place, the customer is rung."""
    rings = call.outbound and leg.role is not LegRole.CUSTOMER and leg.state is LegState.TALKING
    return leg_timer(calls_channel(now), now) if rings else ()


def _found_by(call: Call, leg: Leg, way: Way, now: Now) -> Change:
    """What the carrier says later of the line of a customer we rang is found by its name for it."""
    known = call.leg(leg.id)
    if leg.role is not LegRole.CUSTOMER or not leg.sid or (known and known.sid):
        return ()
    of = CallOf(way.channel, leg.sid, now.at + KEPT, call.customer_id, call.interaction_id)
    return (Put(of, over=ANY),)
