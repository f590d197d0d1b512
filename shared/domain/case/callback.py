"""A customer is called instead of waiting on the line: what becomes of their contact.

Asked for as soon as it is their turn, the contact stays where it is in its queue. At a time, it lies in no
queue until then, and comes back with its old rank. Who asks is counted as having left the queue; the callback
is counted as queued anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical, may_be_called
from shared.domain.address.way import Way
from shared.domain.centre import hours_of
from shared.domain.change import PRESENT, Change, Delete, Put, Write
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.hours import is_open
from shared.domain.now import Now
from shared.domain.routing.assign import wakes
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.queueing import timers
from shared.domain.timeline.append import next_entry, with_case, with_contact, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CONTACT, Entry, Kind, Scalar
from shared.domain.times import iso, lasted
from shared.domain.words.to_customers import say, when

AHEAD = timedelta(days=7)
STEP = timedelta(minutes=15)
SHOWN = 4  # digits of a number, enough to know one's own
WAITS = (ContactState.WAITING, ContactState.OFFERED)


@dataclass(frozen=True, slots=True)
class Called:
    """The case as it is now, the line that says so, and what else is written."""

    case: OpenCase
    entry: Entry
    writes: tuple[Write, ...] = ()


def why_not(contact: Contact | None, at: datetime | None, now: Now) -> str:
    """Why this contact cannot be called at this moment, a stable word; "" where it can."""
    if contact is None or contact.state not in (*WAITS, ContactState.LATER):
        return "callback_not_waiting"
    if not now.centre.queue_of(contact.queue).callback:
        return "callback_off"
    return "" if at is None or fits(contact.queue, at, now) else "callback_bad_time"


def fits(queue: str, at: datetime, now: Now) -> bool:
    """Whether a customer of this queue may be called then: on a quarter hour, while it is served."""
    ahead = now.at < at <= now.at + AHEAD
    quarter = (at - datetime.min.replace(tzinfo=at.tzinfo)) % STEP == timedelta()
    return (
        ahead and quarter and is_open(hours_of(now.centre.queue_of(queue), now.centre), at, now.centre.zone)
    )


def wrong_number(address: Address, now: Now) -> str:
    regions = now.centre.proof_regions or (now.centre.phone_region,)
    return "" if may_be_called(address, regions) else "callback_bad_number"


def promise(wish: Callback, queue: str, language: str, now: Now) -> str:
    """What the customer is told: when, by the clock of their queue, and the last digits of the number."""
    digits = wish.address.value[-SHOWN:]
    if wish.not_before is None:
        return say("callback_soon", language, digits=digits)
    zone = hours_of(now.centre.queue_of(queue), now.centre).zone
    local = wish.not_before.astimezone(ZoneInfo(zone))
    return say("callback_at", language, digits=digits, when=when(local, language))


def number_in(typed: Sequence[str], way: Way, now: Now) -> Address | None:
    """Where to call who came through a menu: the last number they typed, else the one they wrote from. None
    where neither can be called.
    """
    told = [canonical(Address("phone", text), now.centre.phone_region, "typed") for text in reversed(typed)]
    return next((one for one in (*told, way.address) if not wrong_number(one, now)), None)


def request(head: Head, case: OpenCase, contact: Contact, wish: Callback, now: Now, **told: Any) -> Called:
    """The contact of a customer who waits, or was to be called already, from now on with this wish. An offer
    that rings goes on for a wish without a time; for one with a time it must have been withdrawn.
    """
    left = contact.state in WAITS and (contact.callback is None or wish.not_before is not None)
    again = contact.callback is not None
    back = wish.not_before is None and (not again or contact.state is ContactState.LATER)
    facts: dict[str, Scalar] = {"waited_ms": lasted(contact.waits_since, now.at)} if left else {}
    facts |= {"again": True} if again else {}
    state = _state(contact, wish)
    after = replace(contact, callback=wish, state=state, queued_at=now.at if back else contact.queued_at)
    after = replace(after, alone_until=None) if state is ContactState.LATER else after
    told |= _waits_anew(after, now) if back else {}
    entry = requested(head, case, after, wish, facts, now, **told)
    return Called(with_contact(case, after), entry, _moved(case, contact, after, now))


def cancel(head: Head, case: OpenCase, contact: Contact, now: Now, **told: Any) -> Called:
    """They wait on the line again, in their old place."""
    back = contact.state is ContactState.LATER
    state = ContactState.WAITING if back else contact.state
    after = replace(contact, callback=None, state=state, queued_at=now.at if back else contact.queued_at)
    told |= _waits_anew(after, now) if back else {}
    entry = line(head, case, after, Kind.CALLBACK_CANCELLED, now, **told)
    return Called(with_contact(case, after), entry, _moved(case, contact, after, now))


def comes_due(head: Head, case: OpenCase, contact: Contact, now: Now) -> Change:
    """Its time has come: back into its queue, with its old rank."""
    after = replace(contact, state=ContactState.WAITING, queued_at=now.at)
    entry = line(head, case, after, Kind.CALLBACK_DUE, now, **_waits_anew(after, now))
    case = with_contact(case, after)
    return (*written(head, with_case(head, case), entry), Put(waiting_row(case, after, now)))


def _waits_anew(contact: Contact, now: Now) -> dict[str, Any]:
    """What a line sets going with which a contact begins to wait."""
    return {"signals": replace(wakes(contact, now), begins=(CONTACT,)), "timers": timers(contact, now)}


def _state(contact: Contact, wish: Callback) -> ContactState:
    if wish.not_before:
        return ContactState.LATER
    return ContactState.WAITING if contact.state is ContactState.LATER else contact.state


def _moved(case: OpenCase, before: Contact, after: Contact, now: Now) -> tuple[Write, ...]:
    """Its row comes or goes with its state."""
    waited, waits = before.state is ContactState.WAITING, after.state is ContactState.WAITING
    if waited == waits:
        return ()
    if waits:
        return (Put(waiting_row(case, after, now)),)
    return (Delete(waiting_row(case, before, now), over=PRESENT),)


def requested(
    head: Head,
    case: OpenCase,
    contact: Contact,
    wish: Callback,
    facts: dict[str, Scalar],
    now: Now,
    **told: Any,
) -> Entry:
    """The number stands in its text, which only staff read. A wish for a time arms the timer."""
    at, kind = wish.not_before, Kind.CALLBACK_REQUESTED
    facts = facts | ({"wished_at": iso(at)} if at else {})
    timer = {"due": at, "due_for": "callback"} if at else {}
    text = Content(wish.address.value)
    return line(head, case, contact, kind, now, facts, **(timer | told | {"content": text}))


def line(
    head: Head,
    case: OpenCase,
    contact: Contact,
    kind: Kind,
    now: Now,
    facts: dict[str, Scalar] | None = None,
    **told: Any,
) -> Entry:
    """A line of the contact, under the case's customer."""
    door = told.pop("door", "")
    facts = {"queue": contact.queue} | (facts or {}) | ({"door": str(door)} if door else {})
    where = {"timeline": case.member, "way": Way(contact.channel), "interaction_id": contact.interaction_id}
    return next_entry(head, now, kind, case_id=case.id, facts=facts, **(where | told))
