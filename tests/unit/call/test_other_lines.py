"""Words about other lines than the caller's go to who minds them, under the member that our token names."""

import pytest

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.turn import Turn
from shared.domain.change import Change
from shared.domain.channel.arrival import Arrival
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.calling import CallWord, LegHeard, RecordingHeard
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.call import LegState, RecordingState
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.entry import Kind
from shared.ports import Store
from shared.use_cases.call.receive_call import STAFF_SIDE
from tests.support.caller import DESK_PHONE, Caller
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

RINGS = LegHeard("L1", "CA7", LegState.RINGING, 1)
RECORDED = RecordingHeard("L1", "RE1", RecordingState.COMPLETED)


def noted(turn: Turn, store: Store) -> Change:
    """What minds a line writes: no receipt, which the router adds."""
    line = next_entry(
        turn.head, turn.now, Kind.LEG_CHANGED, facts={"leg": "L1"}, case_id=turn.head.cases[0].id
    )
    return written(turn.head, turn.head, line)


def hears(scene: RuleScene, caller: Caller, what: CallWord, event: str = "leg-1") -> Outcome:
    """The number in it is somebody else's: the token says whose call it is."""
    call = caller.call()
    place = CallPlace(
        "leg",
        scene.world.clock(),
        member=call.customer_id,
        case_id=call.case_id,
        interaction_id=call.interaction_id,
        leg="L1",
    )
    way = Way("", Address("phone", "+821055501999"), thread="CA7")
    return scene.route(scene.raw("voice", event), Arrival(way, what, call=place))


@pytest.mark.parametrize("what", [RINGS, RECORDED], ids=["leg", "recording"])
def test_a_word_about_an_agents_line_lies_with_the_customer_of_the_call(
    what: CallWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = RuleScene(phone=DESK_PHONE)
    caller = Caller(scene)
    caller.rings()
    monkeypatch.setitem(STAFF_SIDE, type(what), noted)

    assert hears(scene, caller, what) is Outcome.HANDLED

    line = scene.entries()[-1]
    assert (line.kind, line.timeline) == (Kind.LEG_CHANGED, caller.call().customer_id)
    assert scene.get(Receipt, "voice", "leg-1").seq == line.seq
    assert faults(scene.world.store) == []


def test_a_word_that_changes_nothing_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = RuleScene(phone=DESK_PHONE)
    caller = Caller(scene)
    caller.rings()
    monkeypatch.setitem(STAFF_SIDE, LegHeard, lambda turn, store: ())

    assert hears(scene, caller, RINGS) is Outcome.IGNORED

    assert scene.get(Receipt, "voice", "leg-1").reason == "nothing_new"
    assert [entry.kind for entry in scene.entries()] == [Kind.CALL_STARTED]


def test_that_the_callers_own_line_rings_is_no_news() -> None:
    scene = RuleScene(phone=DESK_PHONE)
    caller = Caller(scene)
    caller.rings()
    talks = Arrival(Way("", Address("phone", caller.number)), LegHeard("", "CA1", LegState.TALKING, 1))

    assert scene.route(scene.raw("voice", "status-1"), talks) is Outcome.IGNORED
