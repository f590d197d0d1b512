"""Where a customer's message belongs: the open case, the one just closed, or a new one."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.address.way import Way
from shared.domain.case.turn import Speaker, Turn
from shared.domain.change import Put, Write
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case, Interaction
from shared.domain.ids import case_number
from shared.domain.now import Now
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.queueing import Asker, Queued, queued
from shared.domain.timeline.append import contact_of, with_contact, with_interaction
from shared.domain.timeline.entry import Kind
from shared.domain.window import opens


@dataclass(frozen=True, slots=True)
class Attached:
    """The case after the message, its interaction, what they need written, and what they began: `queued` is
    the contact that waits from now on.
    """

    case: OpenCase
    interaction: OpenInteraction
    writes: tuple[Write, ...]
    opened: bool = False
    reopened: bool = False
    began: bool = False
    queued: Queued | None = None


def attach(turn: Turn, begun: OpenInteraction | None = None) -> Attached:
    """`begun` is the exchange that begins, where it has its name already."""
    case, begun = case_here(turn), begun or _begun_by_customer(turn)
    if case:
        return _continue(case, begun, turn)
    if turn.known.closed:
        return _reopen(turn.known.closed, begun, turn)
    return _open(begun, turn)


def case_here(turn: Turn) -> OpenCase | None:
    """The open case that the event belongs to: of a telephone call that goes on, the call's."""
    calling = turn.head.cases if turn.traits.calls else ()
    here = (case for case in calling if any(turn.goes_on(one) for one in case.interactions))
    return next(here, None) or latest_case(turn.head, turn.speaker)


def talking(case: OpenCase, turn: Turn) -> Contact | None:
    """The contact that the event is worked on in: that of its exchange, else the one that opened the case.
    None for who writes beside a telephone call: it hears its caller alone.
    """
    own = next((contact_of(case, one.id) for one in case.interactions if turn.goes_on(one)), None)
    apart = turn.now.channels.of(case.contact.channel).calls
    return own or (None if apart else case.contact)


def latest_case(head: Head, speaker: Speaker) -> OpenCase | None:
    """The open case that the message names, else the one that goes on at this address, else the one where
    something happened last.
    """

    def recency(case: OpenCase) -> tuple[bool, bool, object]:
        named = bool(speaker.case_number) and speaker.case_number == case_number(case.id)
        here = any(i.address == speaker.address for i in case.interactions)
        return named, here, max((i.last_at for i in case.interactions), default=case.opened_at)

    return max(head.cases, key=recency, default=None)


def reopens(head: Head, now: Now) -> bool:
    """Whether a message now would reopen the last closed case rather than open a new one."""
    grace = timedelta(seconds=now.centre.reopen_seconds)
    return not head.cases and head.closed is not None and now.at - head.closed.closed_at <= grace


def _continue(case: OpenCase, begun: OpenInteraction, turn: Turn) -> Attached:
    going = next((i for i in case.interactions if turn.goes_on(i)), None)
    if going:
        way = replace(turn.way, member=going.member)  # a token may name another member of the same customer
        moved = replace(going, way=way, last_at=max(going.last_at, turn.now.at))
        moved = replace(moved, heard_at=_heard_at(turn, going.heard_at))
        return Attached(with_interaction(case, moved), moved, ())
    case = with_interaction(case, begun)
    written = (Put(stored(case.id, begun)),)
    if not turn.traits.rings:
        return Attached(case, begun, written, began=True)
    queued = _queued(begun, case.contact.queue, turn)
    if turn.enters_flow:
        return Attached(with_contact(case, _greeted(queued.contact, turn)), begun, written, began=True)
    case = with_contact(case, queued.contact)
    row = Put(waiting_row(case, queued.contact, turn.now))
    return Attached(case, begun, (*written, row), began=True, queued=queued)


def _reopen(closed: Case, begun: OpenInteraction, turn: Turn) -> Attached:
    queued = _queued(begun, closed.queue, turn)
    case = OpenCase(closed.id, closed.customer_id, closed.opened_at, (queued.contact,), (begun,))
    again = replace(closed, closed_at=None, reopened=closed.reopened + 1, version=closed.version + 1)
    again = replace(again, queue=queued.contact.queue)
    if turn.enters_flow:
        met, kept = with_contact(case, _greeted(queued.contact, turn)), Put(again, over=closed.version)
        return Attached(met, begun, (kept, Put(stored(case.id, begun))), reopened=True, began=True)
    writes = (Put(again, over=closed.version), *_begun(case, begun, turn.now))
    return Attached(case, begun, writes, reopened=True, began=True, queued=queued)


def _open(begun: OpenInteraction, turn: Turn) -> Attached:
    now, member = turn.now, turn.speaker.member
    queued = _queued(begun, "", turn, turn.head.closed.closed_at if turn.head.closed else None)
    case = OpenCase(now.new_id(), member, now.at, (queued.contact,), (begun,))
    kept = Case(member, case.id, case_number(case.id), now.at, case.contact.queue, turn.raw.channel)
    if turn.enters_flow:
        talks = with_contact(case, _greeted(queued.contact, turn))
        return Attached(talks, begun, (Put(kept), Put(stored(case.id, begun))), opened=True, began=True)
    writes = (Put(kept), *_begun(case, begun, now))
    return Attached(case, begun, writes, opened=True, began=True, queued=queued)


def _greeted(waits: Contact, turn: Turn) -> Contact:
    """The contact while a flow talks: the queue is where it would wait, `preferred` whom a call would ask for
    first, also where that is not known any more when it begins to wait.
    """
    met = Contact(waits.interaction_id, waits.channel, waits.queue, ContactState.FLOW, turn.now.at)
    return replace(met, preferred=waits.preferred if turn.traits.calls else "")


def silence(channel: str, now: Now) -> timedelta:
    """How long an interaction may be quiet before it has ended: a live one 15 minutes, others a day."""
    traits = now.channels.of(channel)
    usual = now.centre.live_silence_seconds if traits.live else now.centre.silence_seconds
    return timedelta(seconds=traits.silence_seconds or usual)


def silent_at(case: OpenCase, going: OpenInteraction, now: Now) -> datetime:
    """When an exchange has ended, if nobody says a word until then. Who takes it says one."""
    taken = contact_for(case, going).assigned_at or going.last_at
    return max(going.last_at, taken) + silence(going.channel, now)


def awaits(case: OpenCase, going: OpenInteraction, now: Now) -> bool:
    """Whether the customer of this exchange stays on the line and nobody has taken it yet."""
    taken = contact_for(case, going).state is ContactState.CONNECTED
    return now.channels.of(going.channel).live and not taken


def contact_for(case: OpenCase, going: OpenInteraction) -> Contact:
    """The contact that an exchange is worked on in: its own, else the one that opened the case."""
    return contact_of(case, going.id) or case.contact


def interaction(way: Way, now: Now) -> OpenInteraction:
    return OpenInteraction(now.new_id(), way, now.at, now.at)


def _begun_by_customer(turn: Turn) -> OpenInteraction:
    return replace(interaction(turn.way, turn.now), heard_at=_heard_at(turn, None))


def _heard_at(turn: Turn, before: datetime | None) -> datetime | None:
    """None where the channel has no window: the head is billed by the kilobyte."""
    if not (turn.traits.window_hours and opens(turn.traits, Kind.MESSAGE_RECEIVED)):
        return before
    return max(before or turn.now.at, turn.now.at)


def stored(case_id: str, begun: OpenInteraction) -> Interaction:
    return Interaction(begun.member, case_id, begun.id, begun.channel, begun.address, begun.started_at)


def _queued(begun: OpenInteraction, chosen: str, turn: Turn, closed: datetime | None = None) -> Queued:
    """`chosen` is the queue of the case that it belongs to; a new case follows one that was `closed` then."""
    asker = Asker(begun.address, turn.spoken[0], turn.known.tier, turn.known.agent, closed)
    contact = Contact(begun.id, begun.channel, chosen, ContactState.WAITING, turn.now.at)
    return queued(contact, asker, turn.now, chosen)


def same_exchange(going: OpenInteraction, way: Way) -> bool:
    return (going.channel, going.address) == (way.channel, way.address)


def _begun(case: OpenCase, begun: OpenInteraction, now: Now) -> tuple[Write, ...]:
    return (Put(stored(case.id, begun)), Put(waiting_row(case, case.contact, now)))
