"""What an agent does with the call they have: each act is a line and the call, once per key."""

from dataclasses import replace

import pytest

from shared.domain.call.acts import may_be_done
from shared.domain.customer.call import Call, LegRole, LegState, RecordingState, Spot
from shared.domain.errors import Malformed, Refused
from shared.domain.timeline.entry import Kind
from shared.use_cases.call.act_on_call import Act, ActOnCall
from tests.support.call_scene import CallScene

OUTSIDE = "+8225550077"


@pytest.fixture
def scene() -> CallScene:
    made = CallScene()
    made.talks()
    return made


def acts(scene: CallScene, name: str, key: str = "key-0001", who: str = "one", **more: str) -> Call:
    case = scene.case()
    ActOnCall(*scene.needs)(who, case.member, case.id, Act(name, **more), key)
    return scene.call()


def refused(scene: CallScene, name: str, key: str = "key-0009", who: str = "one", **more: str) -> str:
    before = scene.call()
    with pytest.raises(Refused) as caught:
        acts(scene, name, key, who, **more)
    assert scene.call() == before
    return caught.value.code


def test_a_call_is_held_and_resumed_and_both_are_lines(scene: CallScene) -> None:
    held = acts(scene, "hold").held
    resumed = acts(scene, "resume", "key-0002").held

    lines = scene.entries(Kind.CALL_ACTED)
    assert (held, resumed) == (True, False)
    assert [line.facts for line in lines] == [{"act": name, "agent": "one"} for name in ("hold", "resume")]
    assert {line.channel for line in lines} == {"voice"}


def test_the_same_act_under_the_same_key_is_done_once(scene: CallScene) -> None:
    first = acts(scene, "hold")

    assert acts(scene, "hold") == first
    assert len(scene.entries(Kind.CALL_ACTED)) == 1


def test_what_does_not_fit_is_refused_with_its_reason(scene: CallScene) -> None:
    assert refused(scene, "resume") == "not_held"
    assert refused(scene, "pause_recording") == "not_recorded"
    assert refused(scene, "drop", leg="leg-0001") == "no_leg"
    acts(scene, "hold")
    assert refused(scene, "hold") == "already_held"


def test_a_recording_is_paused_and_goes_on(scene: CallScene) -> None:
    scene.change(replace(scene.call(), recording=RecordingState.IN_PROGRESS))

    paused = acts(scene, "pause_recording").paused
    again = refused(scene, "pause_recording")
    runs = acts(scene, "resume_recording", "key-0002").paused

    assert (paused, again, runs) == (True, "recording_paused", False)


def test_a_number_is_added_once_in_its_canonical_form_and_can_be_dropped(scene: CallScene) -> None:
    assert acts(scene, "add", number="02-555-0077").numbers == (OUTSIDE,)
    assert refused(scene, "add", number=OUTSIDE) == "in_it_already"
    leg = scene.rings(scene.call(), "", LegRole.NUMBER)
    scene.change(replace(scene.call(), legs=(*scene.call().legs[:-1], replace(leg, to=OUTSIDE))))

    assert acts(scene, "drop", "key-0002", leg=leg.id).numbers == ()


def test_a_number_that_did_not_answer_can_be_added_again(scene: CallScene) -> None:
    acts(scene, "add", number=OUTSIDE)
    leg = scene.rings(scene.call(), "", LegRole.NUMBER)
    scene.change(replace(scene.call(), legs=(*scene.call().legs[:-1], replace(leg, to=OUTSIDE))))
    scene.says_of(leg, LegState.FAILED, 2, "busy")

    call = acts(scene, "add", "key-0002", number=OUTSIDE)

    assert call.numbers == (OUTSIDE,) and call.leg(leg.id) is None


def test_a_number_that_nobody_may_call_is_refused(scene: CallScene) -> None:
    assert refused(scene, "add", number="+1900555") == "bad_number"
    assert refused(scene, "add", number="") == "bad_number"


def test_a_hang_up_ends_the_exchange_and_lets_the_customer_go(scene: CallScene) -> None:
    call = acts(scene, "hang_up")

    assert call.ending
    (line,) = scene.entries(Kind.INTERACTION_ENDED)
    assert line.facts["by"] == "agent"
    assert scene.case().owner == "one" and not scene.case().interactions
    assert refused(scene, "hang_up") == "no_call"


def test_what_the_carrier_says_after_a_hang_up_changes_nothing_but_the_legs(scene: CallScene) -> None:
    leg = scene.call().staff()[0]
    acts(scene, "hang_up")

    scene.says_of(leg, LegState.ENDED, 3)
    scene.caller_hangs_up()

    assert len(scene.entries(Kind.INTERACTION_ENDED)) == 1
    assert not scene.agent().not_responding and scene.case().contact.agent == "one"
    assert all(one.over for one in scene.call().legs)


def test_only_who_has_the_case_acts_on_its_call(scene: CallScene) -> None:
    scene.hire("two")

    assert refused(scene, "hold", who="two") == "not_owner"


def test_nothing_is_done_before_the_customer_is_in_the_room() -> None:
    scene = CallScene()
    scene.calls()
    scene.hire()
    scene.assign()
    scene.accept()

    assert refused(scene, "hold") == "not_together"


def test_an_act_that_nobody_knows_is_malformed(scene: CallScene) -> None:
    with pytest.raises(Malformed):
        acts(scene, "sing")


def test_what_may_be_done_follows_the_call(scene: CallScene) -> None:
    call = scene.call()
    recorded = replace(call, recording=RecordingState.IN_PROGRESS)

    assert may_be_done(call) == ("hold", "add", "hang_up")
    assert may_be_done(replace(recorded, held=True, spot=Spot.HOLD)) == (
        "resume",
        "pause_recording",
        "add",
        "hang_up",
    )
    assert may_be_done(replace(call, ending=True)) == ()
