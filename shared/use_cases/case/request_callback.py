"""A customer who waits asks to be called, at once or at a time, or wants no call any more."""

from dataclasses import replace

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.address.way import Way
from shared.domain.case.attach import contact_for, latest_case
from shared.domain.case.callback import Called, cancel, promise, request, why_not, wrong_number
from shared.domain.case.close import called_off
from shared.domain.case.receive import handled, met, receipt, told
from shared.domain.case.turn import Turn
from shared.domain.case.waiting_words import waits
from shared.domain.change import Change, Put, Ref
from shared.domain.channel.arrival import CallbackRequest
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.automatic import noted
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.domain.routing.assign import give_back
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import next_entry, with_case
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.words.to_customers import say
from shared.ports import Store


def receive_callback_request(turn: Turn, store: Store) -> Change:
    """The contact that waits is to be called. What cannot be done is said in the same conversation."""
    what = turn.arrival.what
    if not isinstance(what, CallbackRequest):
        raise ValueError("no request for a call")
    region = turn.now.centre.phone_region
    address = canonical(Address("phone", what.phone), region, turn.raw.event_id)
    case, contact = waiting_of(turn)
    reason = why_not(contact, what.at, turn.now) or wrong_number(address, turn.now)
    if reason or case is None or contact is None:
        return _refused(turn, reason)
    if what.at:
        stop_ringing(store, turn.head, contact, turn.now)
    wish = Callback(address, not_before=what.at)
    called = request(turn.head, case, contact, wish, turn.now, actor="customer", door=turn.raw.channel)
    return _done(turn, called, promise(wish, contact.queue, language_for(turn.head, turn.now), turn.now))


def receive_callback_cancelled(turn: Turn, store: Store) -> Change:
    """Who is still on the line waits there again; where nobody is, the case ends."""
    case, contact = waiting_of(turn)
    if case is None or contact is None or contact.callback is None:
        return _refused(turn, "callback_cancelled_waits" if waits(contact) else "callback_not_waiting")
    if not case.interactions:
        stop_ringing(store, turn.head, contact, turn.now)
    called = cancel(turn.head, case, contact, turn.now, actor="customer", door=turn.raw.channel)
    kept = None if case.interactions else store.get(Ref(Case, case.member, case.id))
    if kept is None or len(case.contacts) > 1:
        return _done(turn, called, say("callback_cancelled_waits", language_for(turn.head, turn.now)))
    line = replace(called.entry, signals=replace(called.entry.signals, wake="", begins=()))
    lines = (line, *_said(turn, case.id, say("callback_cancelled", language_for(turn.head, turn.now))))
    proof = receipt(turn.raw, Outcome.HANDLED, "", turn.now, line.timeline, line.seq)
    return (Put(proof), *called_off(turn.head, kept, case, lines, turn.now), *met(turn, line))


def waiting_of(turn: Turn) -> tuple[OpenCase | None, Contact | None]:
    """The contact that the speaker waits in: of their exchange, else the one that opened their case."""
    case = latest_case(turn.head, turn.speaker)
    if case is None:
        return None, None
    going = next((one for one in case.interactions if turn.goes_on(one)), None)
    return case, contact_for(case, going) if going else case.contact


def stop_ringing(store: Store, head: Head, contact: Contact, now: Now) -> None:
    """Take back an offer that rings. Raises Conflict when it did: the head has changed, decide again."""
    agent = store.get(Ref(Agent, contact.agent)) if contact.state is ContactState.OFFERED else None
    if agent:
        store.commit(*give_back(head, agent, contact.offer_id, "withdrawn", now))
        raise Conflict


def _done(turn: Turn, called: Called, words: str) -> Change:
    said = _said(turn, called.case.id, words)
    after = with_case(turn.head, called.case)
    after = noted(after, turn.raw.channel, turn.now) if said else after
    return (*handled(turn, after, called.entry, *said), *called.writes)


def _refused(turn: Turn, reason: str) -> Change:
    case = latest_case(turn.head, turn.speaker)
    facts = {"door": turn.raw.channel, "reason": reason} | ({"queue": case.contact.queue} if case else {})
    entry = next_entry(
        turn.head,
        turn.now,
        Kind.CALLBACK_REFUSED,
        timeline=turn.speaker.member,
        actor="customer",
        way=Way(turn.raw.channel),
        case_id=case.id if case else "",
        facts=facts,
    )
    said = _said(turn, case.id if case else "", say(reason, language_for(turn.head, turn.now)))
    return handled(turn, noted(turn.head, turn.raw.channel, turn.now) if said else turn.head, entry, *said)


def _said(turn: Turn, case_id: str, words: str) -> tuple[Entry, ...]:
    if not turn.takes_automatic:
        return ()
    case = latest_case(turn.head, turn.speaker)
    here = (one.id for one in case.interactions if turn.goes_on(one)) if case else iter(())
    return (told(turn, case_id, next(here, ""), words),)
