"""What an order makes of the call: while the carrier is asked, and once it has answered."""

from dataclasses import replace
from datetime import datetime

from shared.domain.call.look import HUNG_UP
from shared.domain.call.order import Act, Order
from shared.domain.call.wanted import CLAIM
from shared.domain.customer.call import Call, Leg, LegRole, LegState, RecordingState, Spot, with_leg

SPOTS = {Act.ROOM: Spot.ROOM, Act.QUEUE: Spot.QUEUE, Act.HOLD: Spot.HOLD, Act.GOODBYE: Spot.GOODBYE}
RECORDINGS = {
    Act.RECORD: RecordingState.IN_PROGRESS,
    Act.PAUSE: RecordingState.PAUSED,
    Act.RESUME: RecordingState.IN_PROGRESS,
    Act.DELETE: RecordingState.DELETED,
}
BEFORE = {
    Act.RECORD: (RecordingState.CLAIMED,),
    Act.PAUSE: (RecordingState.IN_PROGRESS,),
    Act.RESUME: (RecordingState.PAUSED,),
    Act.DELETE: (RecordingState.COMPLETED,),
}
ASKED = (LegState.CLAIMED, LegState.UNKNOWN)


def claimed(call: Call, order: Order, at: datetime) -> Call:
    """While the carrier is asked, nobody else asks it anything about this call. What is forgotten is so at
    once."""
    if order.act is Act.FORGET and order.leg:
        return without_leg(call, order.leg)
    during = replace(call, ordered=order.act, ordered_until=at + CLAIM)
    if order.act is Act.DIAL and order.leg:
        return with_leg(_anew(during, order.leg), order.leg)
    return replace(during, recording=RecordingState.CLAIMED) if order.act is Act.RECORD else during


def _anew(call: Call, leg: Leg) -> Call:
    """What was of an earlier try to call the customer is over once the next agent is rung, or the customer
    is: their last line and its recording."""
    if leg.role is LegRole.AGENT and call.customer is None:
        return replace(call, ending=False)
    if leg.role is not LegRole.CUSTOMER:
        return call
    others = tuple(one for one in call.legs if one.role is not LegRole.CUSTOMER)
    fresh = replace(call, legs=others, announced=False, paused=False, stored=False)
    return replace(fresh, recording=RecordingState.OFF, recording_sid="")


def released(call: Call) -> Call:
    return replace(call, ordered="", ordered_until=None)


def lapsed(call: Call, at: datetime) -> Call:
    """A claim whose time is over: somebody died between asking and writing down. Whether a telephone was rung
    then is not known, and never tried again; every other order may be."""
    if call.ordered_until and at < call.ordered_until:
        return call
    legs = tuple(_unknown(leg) if _over(leg, at) else leg for leg in call.legs)
    return replace(released(call), legs=legs)


def _over(leg: Leg, at: datetime) -> bool:
    return leg.state is LegState.CLAIMED and (leg.until is None or leg.until <= at)


def _unknown(leg: Leg) -> Leg:
    return replace(leg, state=LegState.UNKNOWN, until=None)


def taken(call: Call, order: Order, sid: str, at: datetime, record: bool) -> Call:
    """The carrier does it. What was heard of the call meanwhile stays. `record`: calls are recorded here, so
    that who comes to the room has heard of it."""
    if order.act is Act.DIAL and order.leg:
        return _dialled(call, order.leg, sid, record)
    if order.act is Act.HANG_UP and order.leg:
        return _ending(call, order.leg, at)
    if order.act is Act.ROOM and order.leg:
        return _listening(call, order.leg)
    if order.act in RECORDINGS:
        return _recorded(call, order.act, sid)
    spotted = replace(call, spot=SPOTS[order.act], announced=call.announced or _told(order, record))
    return replace(spotted, held=False) if order.act is Act.QUEUE else spotted


def unheard(call: Call, order: Order) -> Call:
    """Nobody knows whether the carrier rings this leg."""
    leg = call.leg(order.leg.id) if order.leg else None
    return with_leg(call, _unknown(leg)) if leg and leg.state is LegState.CLAIMED else call


def found(call: Call, leg: Leg, sid: str) -> Call:
    """The carrier does ring it, by this name."""
    known = call.leg(leg.id)
    return call if known is None or known.sid else with_leg(call, _with_sid(known, sid))


def undone(call: Call, order: Order) -> Call:
    """The carrier took nothing, and may be asked again."""
    if order.act is Act.DIAL and order.leg:
        return without_leg(call, order.leg)
    back = order.act is Act.RECORD and call.recording is RecordingState.CLAIMED
    return replace(call, recording=RecordingState.OFF) if back else call


def refused(call: Call, order: Order, over: bool) -> Call:
    """The carrier will not. `over`: as there is nothing any more that it could do it with."""
    if order.act is Act.RECORD and call.recording is RecordingState.CLAIMED:
        return replace(call, recording=RecordingState.FAILED)
    if order.act is Act.DELETE:
        return replace(call, recording=RecordingState.DELETED if over else RecordingState.FAILED)
    leg = call.leg(order.leg.id) if order.leg else None
    if order.act is Act.HANG_UP and leg and over and leg.role is not LegRole.CUSTOMER:
        return with_leg(call, replace(leg, state=LegState.ENDED, until=None))
    return call


def without_leg(call: Call, leg: Leg) -> Call:
    return replace(call, legs=tuple(one for one in call.legs if one.id != leg.id))


def _dialled(call: Call, leg: Leg, sid: str, record: bool) -> Call:
    """It may ring, or talk, by now: the carrier's own word came first then."""
    known = call.leg(leg.id) or leg
    after = with_leg(call, _with_sid(known, sid))
    if leg.role is not LegRole.CUSTOMER:
        return after
    return replace(after, spot=Spot.ROOM, announced=call.announced or record)


def _with_sid(leg: Leg, sid: str) -> Leg:
    state = LegState.DIALLED if leg.state in ASKED else leg.state
    return replace(leg, state=state, sid=leg.sid or sid, until=None)


def _ending(call: Call, leg: Leg, at: datetime) -> Call:
    known = call.leg(leg.id)
    if known is None or known.over:
        return call
    return with_leg(call, replace(known, reason=HUNG_UP, until=at + CLAIM))


def _listening(call: Call, leg: Leg) -> Call:
    known, how = call.leg(leg.id), dict(call.listeners).get(leg.who, leg.listens)
    return with_leg(call, replace(known, listens=how)) if known else call


def _recorded(call: Call, act: Act, sid: str) -> Call:
    if call.recording not in BEFORE[act]:
        return call
    named = sid if act is Act.RECORD and sid else call.recording_sid
    return replace(call, recording=RECORDINGS[act], recording_sid=named)


def _told(order: Order, record: bool) -> bool:
    return record and order.act is Act.ROOM
