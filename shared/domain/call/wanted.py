"""Who should be on the line, who is, and what makes the one like the other: one order at a time.

Nothing here asks the carrier. The same call, contact and phones give the same order, but for the id of a new
leg. `phones` says where agents are rung, and under CUSTOMER where the customer is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from shared.domain.call.look import HUNG_UP, Look, Person, former, key_of
from shared.domain.call.order import Act, Order
from shared.domain.customer.call import Call, Leg, LegRole, LegState, RecordingState, Spot
from shared.domain.customer.head import Contact, ContactState
from shared.domain.now import Now

CLAIM = timedelta(seconds=30)  # within which the carrier has answered, or never will
CUSTOMER = ""
NOT_NOW = (ContactState.LATER, ContactState.SNOOZED)
QUEUED = (ContactState.WAITING, ContactState.OFFERED)
RUNG = (LegState.DIALLED, LegState.RINGING)
LEAVING = (Spot.SURVEY, Spot.GOODBYE, Spot.VOICEMAIL)  # these end by themselves
TO_RECORD = (RecordingState.OFF, RecordingState.CLAIMED)  # a claim that is over may be repeated


def next_order(call: Call, contact: Contact | None, phones: Mapping[str, str], now: Now) -> Order | None:
    """What is to be asked next; None where everybody is where they should be, or on the way."""
    look = Look(call, contact, phones, now)
    return next((order for rule in RULES if (order := rule(look))), None)


def to_be_rung(call: Call, contact: Contact | None, now: Now) -> tuple[str, ...]:
    """The agents who have no leg yet: whose phones are to be known."""
    people = Look(call, contact, {}, now).people()
    own = {key_of(leg) for leg in call.legs}
    return tuple(one.key for one in people if one.role is not LegRole.NUMBER and one.key not in own)


def _forget(look: Look) -> Order | None:
    """A leg that is over, of somebody who is not wanted any more, or is wanted anew. Those of a call that is
    over stay, as what happened; so does that of who has the contact, who would be rung again without it."""
    if look.contact is None:
        return None
    wanted = {one.key for one in look.people()}
    over = [leg for leg in look.call.legs if leg.over and leg.role is not LegRole.CUSTOMER]
    gone = (leg for leg in over if _once(leg, look.contact) or _left(leg, look.contact, wanted))
    return next((Order(Act.FORGET, leg) for leg in gone), None)


def _left(leg: Leg, contact: Contact, wanted: set[str]) -> bool:
    theirs = leg.who and leg.who == contact.agent
    return key_of(leg) not in wanted and not theirs


def _once(leg: Leg, contact: Contact) -> bool:
    return leg.who == contact.agent and former(leg, contact)


def _hang_up(look: Look) -> Order | None:
    """Whoever is not wanted, or was asked to end and did not; and the customer who is to be let go, or whom
    we ring for nobody any more.
    """
    wanted = {one.key for one in look.people()}
    leaving = [leg for leg in look.call.staff() if key_of(leg) not in wanted or leg.reason == HUNG_UP]
    customer = look.call.customer
    if customer and (look.call.ending or (customer.state in RUNG and not look.connected)):
        leaving.append(customer)
    return next((Order(Act.HANG_UP, leg) for leg in leaving if _can_end(leg, look.now)), None)


def _can_end(leg: Leg, now: Now) -> bool:
    """The carrier has a name for it, and was not just asked."""
    asked = leg.reason == HUNG_UP and leg.until is not None and now.at < leg.until
    return bool(leg.sid) and not asked


def _goodbye(look: Look) -> Order | None:
    """Nobody will talk with them any more; or not today, where somebody did."""
    contact, spot = look.contact, look.call.spot
    later = contact is not None and contact.state in NOT_NOW and spot in (Spot.ROOM, Spot.HOLD)
    over = contact is None and spot not in LEAVING
    return Order(Act.GOODBYE) if look.caller and (over or later) else None


def _queue(look: Look) -> Order | None:
    waits = look.contact is not None and look.contact.state in QUEUED
    return Order(Act.QUEUE) if waits and look.caller and look.call.spot in (Spot.ROOM, Spot.HOLD) else None


def _dial(look: Look) -> Order | None:
    """A wanted person without any leg. Guests come to who is there already."""
    legs = {key_of(leg) for leg in look.call.legs if leg.role is not LegRole.CUSTOMER}
    for one in look.people():
        guest = one.role in (LegRole.SUPERVISOR, LegRole.NUMBER)
        if one.key not in legs and (look.agent or not guest):
            return Order(Act.DIAL, _new_leg(look, one))
    return None


def _new_leg(look: Look, one: Person) -> Leg:
    outside = one.role is LegRole.NUMBER
    to = one.key if outside else look.phones.get(one.key, "")
    return _claimed(look, one.role, to, "" if outside else one.key, one.listens)


def _claimed(look: Look, role: LegRole, to: str, who: str = "", listens: str = "") -> Leg:
    at = look.now.at
    until = at + CLAIM
    known = Leg(look.now.new_id(), role, LegState.CLAIMED, at, who=who, to=to, until=until, listens=listens)
    return replace(known, rung_at=at)


def _together(look: Look) -> Order | None:
    """The customer comes to the agent who talks, goes on hold, or is rung."""
    call = look.call
    if call.ending:
        return None
    if look.agent is None:
        return _to_company(look)
    if look.customer_to_come:
        return Order(Act.DIAL, _claimed(look, LegRole.CUSTOMER, look.phones.get(CUSTOMER, "")))
    if look.caller is None:
        return None
    if call.held:
        return Order(Act.HOLD) if call.spot is Spot.ROOM else None
    return Order(Act.ROOM) if call.spot is not Spot.ROOM else None


def _to_company(look: Look) -> Order | None:
    """Whom the agent left on hold comes to those who are still on the line."""
    left = look.connected and look.call.spot is Spot.HOLD and not look.call.held
    return Order(Act.ROOM) if left and look.caller and look.company else None


def _listening(look: Look) -> Order | None:
    """A supervisor who wishes to be heard otherwise than they are."""
    wished = dict(look.call.listeners) if look.agent else {}
    for leg in look.call.staff():
        how = wished.get(leg.who, "") if leg.role is LegRole.SUPERVISOR else ""
        if how and how != leg.listens and leg.state is LegState.TALKING and leg.sid:
            return Order(Act.ROOM, leg)
    return None


def _recording(look: Look) -> Order | None:
    call = look.call
    if look.caller is None:
        return None
    records = look.now.centre.calls.record and call.announced and call.spot is Spot.ROOM
    if records and call.recording in TO_RECORD and not call.paused:
        return Order(Act.RECORD)
    if call.paused and call.recording is RecordingState.IN_PROGRESS:
        return Order(Act.PAUSE)
    resumes = not call.paused and call.recording is RecordingState.PAUSED
    return Order(Act.RESUME) if resumes else None


def _delete(look: Look) -> Order | None:
    call = look.call
    done = call.recording is RecordingState.COMPLETED and call.stored and call.recording_sid
    return Order(Act.DELETE) if done and look.now.centre.calls.delete_recordings else None


RULES: tuple[Callable[[Look], Order | None], ...] = (
    _forget,
    _hang_up,
    _goodbye,
    _queue,
    _dial,
    _together,
    _listening,
    _recording,
    _delete,
)
