"""A customer calls: the call is a contact of its own, in the case it belongs to. A flow greets it, or it
waits.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain.call.on_call import SPOTS, asked_of, language_of
from shared.domain.case.attach import Attached, attach, silence
from shared.domain.case.guide import goes_on, in_flow, scene_of
from shared.domain.case.receive import heard_last, met
from shared.domain.case.together import together
from shared.domain.case.turn import Turn
from shared.domain.change import ABSENT, PRESENT, Change, Put
from shared.domain.channel.calling import CallBegan
from shared.domain.customer.call import Call, CallOf, Leg, LegRole, LegState, Spot
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.head import Head
from shared.domain.flow.step import Begun, Stepped, step
from shared.domain.routing.pool import woken
from shared.domain.routing.queueing import timers, where_it_waits
from shared.domain.timeline.append import next_entry, with_case, written
from shared.domain.timeline.entry import CASE, CONTACT, Entry, Kind, Scalar, Signals

KEPT = timedelta(days=2)  # the carrier's last words about a call come within hours


def begin(turn: Turn) -> Change:
    """All but the receipt: its line, where it waits or what the flow says, and the call itself."""
    attached = attach(turn)
    entry = _started(turn, attached)
    after = replace(
        with_case(turn.head, attached.case),
        closed=None if attached.reopened else turn.head.closed,
        last=heard_last(turn, attached.interaction.id),
    )
    stepped = _greeting(turn, attached)
    call = _call(turn, attached, stepped)
    over = PRESENT if turn.known.call else ABSENT
    of = CallOf(turn.raw.channel, _sid(turn), turn.now.at + KEPT, call.customer_id, call.interaction_id)
    return (*_line(turn, attached, after, entry, stepped), Put(call), Put(of, over=over), *met(turn, entry))


def _greeting(turn: Turn, attached: Attached) -> Stepped | None:
    """What a flow says to them first; None where none greets."""
    version = turn.known.flow
    if version is None or not in_flow(attached.case, turn):
        return None
    begun = FlowPlace(version.name, version.n, version.flow.steps[0].name, turn.now.at)
    return step(version.flow, begun, Begun(), asked_of(turn))


def _line(turn: Turn, attached: Attached, after: Head, entry: Entry, stepped: Stepped | None) -> Change:
    if stepped is None:
        return (*written(turn.head, after, entry), *attached.writes)
    scene = scene_of(turn, attached, after, language_of(turn))
    return together(attached.writes, goes_on(scene, (entry,), stepped, turn))


def _started(turn: Turn, attached: Attached) -> Entry:
    facts: dict[str, Scalar] = {"queue": attached.case.contact.queue}
    opened = attached.opened or attached.reopened
    facts |= {"reopened": attached.reopened} if opened else {}
    begins: tuple[str, ...] = (CASE,) if opened else ()
    signals, waits = Signals(), attached.queued
    if waits:
        facts |= where_it_waits(waits.contact, waits.unknown)
        signals, begins = woken(waits.contact, turn.now), (*begins, CONTACT)
    what = turn.arrival.what
    forwarded = isinstance(what, CallBegan) and what.forwarded_from
    return next_entry(
        turn.head,
        turn.now,
        Kind.CALL_STARTED,
        timeline=turn.speaker.member,
        actor="customer",
        way=turn.way,
        case_id=attached.case.id,
        interaction_id=attached.interaction.id,
        facts=facts | ({"forwarded": True} if forwarded else {}),
        signals=replace(signals, tell=attached.case.agent, begins=begins),
        timers=timers(waits.contact, turn.now) if waits else (),
        due=turn.now.at + silence(turn.raw.channel, turn.now),
        due_for="silence",
    )


def _call(turn: Turn, attached: Attached, stepped: Stepped | None) -> Call:
    in_menu = SPOTS.get(stepped.end, Spot.MENU) if stepped and stepped.end else Spot.MENU
    caller = Leg(turn.now.new_id(), LegRole.CUSTOMER, LegState.TALKING, turn.now.at, _sid(turn))
    return Call(
        attached.interaction.member,
        attached.interaction.id,
        attached.case.id,
        turn.now.at,
        (caller,),
        in_menu if stepped else Spot.QUEUE,
        own_side=turn.arrival.way.own_side,
        language=language_of(turn),
    )


def _sid(turn: Turn) -> str:
    """The carrier's name of the call is the exchange's thread."""
    return turn.arrival.way.thread
