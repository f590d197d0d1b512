"""The caller is off the line: their exchange ends, once, however often the carrier says so."""

from dataclasses import replace

from shared.domain.call.on_call import OnCall, line, on_call
from shared.domain.case.close import abandon
from shared.domain.case.end_interaction import abandons, end_interaction
from shared.domain.case.turn import Turn
from shared.domain.change import PRESENT, Change, Delete, Put
from shared.domain.channel.calling import LegHeard
from shared.domain.customer.call import Call, Leg, LegState, Spot, with_leg
from shared.domain.customer.head import ContactState, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.routing.pool import waiting_row
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import contact_of, written
from shared.domain.timeline.entry import Kind, Scalar


def receive_hung_up(turn: Turn, call: Call, said: LegHeard, kept: Case | None, agent: Agent | None) -> Change:
    """All but the receipt; () where it is known already. `kept` is the stored case, `agent` who has the
    contact that ends with the call. Who left word, or is to be called, waits on.
    """
    caller = call.customer
    if caller is None:
        return ()
    gone = replace(
        caller, state=LegState.ENDED, sequence=said.sequence, reason=said.reason, seconds=said.seconds
    )
    over = Put(replace(with_leg(call, gone), version=call.version + 1), over=call.version)
    return (*_ended(turn, on_call(turn.head, call), gone, kept, agent), over)


def _ended(turn: Turn, here: OnCall, gone: Leg, kept: Case | None, agent: Agent | None) -> Change:
    head, now = turn.head, turn.now
    if here.case is None or here.going is None:
        facts: dict[str, Scalar] = {"leg": gone.id, "role": gone.role, "state": gone.state}
        facts |= {"seconds": gone.seconds} | ({"reason": gone.reason} if gone.reason else {})
        return written(head, head, line(turn, here.call, Kind.LEG_CHANGED, facts))
    if kept and leaves_the_case(here, turn):
        return abandon(head, kept, here.case, turn.raw.channel, now)
    case, rows = _passed_on(here, here.case, turn)
    stays, told = left_word(here), {"actor": "customer"}
    change = end_interaction(head, case, here.going, "customer", now, turn.raw.channel, agent, stays, **told)
    return (*change, *rows)


def _passed_on(here: OnCall, case: OpenCase, turn: Turn) -> tuple[OpenCase, Change]:
    """A call that opened its case and still waits passes its place to who writes in the same case: they wait
    for words now, and need no telephone.
    """
    waits, others = here.contact, [i for i in case.interactions if contact_of(case, i.id) is None]
    wanted = waits is not None and (waits.callback or left_word(here))
    if waits is not case.contact or waits.state is not ContactState.WAITING or wanted or not others:
        return case, ()
    last = max(others, key=lambda one: one.last_at)
    moved = replace(waits, interaction_id=last.id, channel=last.channel)
    after = replace(case, contacts=(moved, *case.contacts[1:]))
    gone = Delete(waiting_row(case, waits, turn.now), over=PRESENT)
    return after, (gone, Put(waiting_row(after, moved, turn.now)))


def leaves_the_case(here: OnCall, turn: Turn) -> bool:
    """Whether the case ends with the caller: nobody has it, nobody is to call them, and they left no word."""
    if here.case is None or here.going is None or left_word(here):
        return False
    return abandons(here.case, here.going, turn.now)


def left_word(here: OnCall) -> bool:
    """Who hangs up at the tone has left none: a flow has their contact still."""
    menu = here.contact is not None and here.contact.state is ContactState.FLOW
    return here.call.spot is Spot.VOICEMAIL and not menu
