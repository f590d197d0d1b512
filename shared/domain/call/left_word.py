"""A caller left word: it lies on the timeline, and they wait for a call, off the line. No word is lost, also
where the carrier told of it after the end of the call.
"""

from dataclasses import replace
from typing import Any

from shared.domain.call.on_call import OnCall, changed, language_of, line, on_call
from shared.domain.case.attach import Attached, attach
from shared.domain.case.callback import Called, request, requested, wrong_number
from shared.domain.case.end_interaction import ended
from shared.domain.case.guide import scene_of
from shared.domain.case.hand_over import hand_over
from shared.domain.case.receive import heard, heard_last
from shared.domain.case.together import found_in, together
from shared.domain.case.turn import Turn
from shared.domain.change import ANY, Change, Put, Ref, Write
from shared.domain.channel.calling import LeftWord, Transcribed
from shared.domain.customer.call import Call, Spot
from shared.domain.customer.callback import Callback
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase, OpenInteraction
from shared.domain.customer.kept import Interaction
from shared.domain.flow.step import End, Stepped
from shared.domain.routing.pool import woken
from shared.domain.routing.queueing import timers, where_it_waits
from shared.domain.timeline.append import with_case, with_contact, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CASE, CONTACT, Entry, Kind, Scalar

WAITS = (ContactState.WAITING, ContactState.OFFERED)


def receive_left_word(turn: Turn, call: Call, said: LeftWord) -> Change:
    """All but the receipt. A withheld caller cannot be called: their contact waits without a call."""
    here = on_call(turn.head, call)
    if here.case is None or here.contact is None:
        return _after_the_end(turn, call, said)
    spot = changed(call, spot=Spot.VOICEMAIL)
    if here.contact.state is not ContactState.FLOW:
        return (*_off_the_line(turn, here.case, here.contact, call, said), *spot)
    waits = _out_of_the_menu(turn, here)
    head = found_in(waits, Ref(Head, turn.head.customer_id)) or turn.head
    then = on_call(head, call)
    if then.case is None or then.contact is None:
        raise ValueError("a contact that waits is in its case")
    turn = replace(turn, known=replace(turn.known, head=head))
    return (*together(waits, _off_the_line(turn, then.case, then.contact, call, said)), *spot)


def receive_transcribed(turn: Turn, call: Call, said: Transcribed) -> Change:
    """All but the receipt; () where no words could be made out."""
    if not said.text:
        return ()
    told = {"content": Content(said.text), "actor": "system"}
    return written(turn.head, turn.head, line(turn, call, Kind.CALL_TRANSCRIBED, {}, **told))


def _out_of_the_menu(turn: Turn, here: OnCall) -> Change:
    """The flow is over, and the contact begins to wait: nothing more is said."""
    if here.attached is None or here.contact is None:
        return ()
    place = here.contact.flow or FlowPlace("", 0, "", turn.now.at)
    arrived = Stepped("", (), place, End.HAND_OVER, queue=here.contact.queue)
    scene = scene_of(turn, here.attached, turn.head, language_of(turn))
    return hand_over(replace(scene, speaks=False), (), arrived)


def _off_the_line(turn: Turn, case: OpenCase, contact: Contact, call: Call, said: LeftWord) -> Change:
    entry = _entry(turn, case, call, said)
    after = replace(turn.head, last=heard_last(turn, call.interaction_id))
    called = _called(turn, case, contact)
    if called is None:
        return written(turn.head, after, entry)
    return (*written(turn.head, with_case(after, called.case), entry, called.entry), *called.writes)


def _called(turn: Turn, case: OpenCase, contact: Contact) -> Called | None:
    """The contact with its wish, told behind the word; None for who cannot be called, or is to be already."""
    address, now = turn.speaker.address, turn.now
    if contact.callback or wrong_number(address, now):
        return None
    behind = replace(turn.head, version=turn.head.version + 1)
    wish = Callback(address)
    if contact.state in WAITS:
        return request(behind, case, contact, wish, now, actor="customer")
    if contact.state is not ContactState.CONNECTED:
        return None
    mine = replace(contact, callback=wish)  # its agent is to call
    entry = requested(behind, case, mine, wish, {}, now, actor="customer")
    return Called(with_contact(case, mine), entry)


def _after_the_end(turn: Turn, call: Call, said: LeftWord) -> Change:
    """The call is over and its contact too: it waits anew, in the case that a message would join now."""
    begun = OpenInteraction(call.interaction_id, turn.way, call.started_at, turn.now.at)
    attached = attach(replace(turn, known=replace(turn.known, flow=None)), begun)
    case = replace(
        attached.case, interactions=tuple(i for i in attached.case.interactions if i.id != begun.id)
    )
    entry = _entry(turn, case, call, said, **_begins(turn, attached))
    closed = None if attached.reopened else turn.head.closed
    after = replace(turn.head, closed=closed, last=heard_last(turn, begun.id))
    waits = attached.queued.contact if attached.queued else case.contact
    called = _called(turn, case, waits)
    entries = (entry, called.entry) if called else (entry,)
    head = with_case(after, called.case if called else case)
    own = tuple(write for write in attached.writes if not isinstance(write.item, Interaction))
    past: Write = Put(ended(case.id, begun, "customer", turn.now), over=ANY)
    lies = changed(call, spot=Spot.VOICEMAIL, case_id=case.id)
    return (*written(turn.head, head, *entries), *own, past, *lies, *(called.writes if called else ()))


def _begins(turn: Turn, attached: Attached) -> dict[str, Any]:
    """What a word sets going with which a contact begins to wait."""
    queued = attached.queued
    if queued is None:
        return {}
    opened = attached.opened or attached.reopened
    facts = where_it_waits(queued.contact, queued.unknown)
    facts |= {"reopened": attached.reopened} if opened else {}
    begins = (CASE, CONTACT) if opened else (CONTACT,)
    signals = replace(woken(queued.contact, turn.now), tell=attached.case.agent, begins=begins)
    return {"more": facts, "signals": signals, "timers": timers(queued.contact, turn.now)}


def _entry(
    turn: Turn,
    case: OpenCase,
    call: Call,
    said: LeftWord,
    more: dict[str, Scalar] | None = None,
    **told: Any,
) -> Entry:
    facts = {"queue": case.contact.queue, "media": 1} | (more or {})
    where = {"case_id": case.id, "interaction_id": call.interaction_id, "facts": facts}
    return replace(heard(turn, **where, **told), content=Content(parts=(said.part,)))
