"""The timer of a leg: whoever was to be rung talks by then, or has failed."""

import pytest

from shared.domain.channel.commands import Due, DueRow, delayed, in_row
from shared.domain.customer.call import LegRole, LegState
from shared.domain.customer.head import ContactState
from shared.domain.timeline.entry import Kind
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.keep_time import KeepTime
from tests.support.call_scene import CallScene


@pytest.fixture
def scene() -> CallScene:
    made = CallScene()
    made.calls()
    made.hire()
    made.assign()
    made.accept()
    return made


def armed(scene: CallScene) -> Due:
    """What the line of the assignment arms."""
    (assigned,) = scene.entries(Kind.ASSIGNED)
    PublishEntries(scene.world.outbox, scene.world.store, scene.world.clock)([(None, assigned)])
    timer = assigned.timers[0]
    return Due(timer.at, timer.what, assigned.timeline, assigned.case_id, assigned.interaction_id)


def fires(scene: CallScene, due: Due) -> None:
    KeepTime(scene.world.store, scene.world.now, scene.world.outbox).fire(due)


def test_an_assignment_of_a_call_arms_a_look_half_a_minute_later(scene: CallScene) -> None:
    due, now = armed(scene), scene.world.clock()

    assert (due.what, (due.at - now).total_seconds()) == ("leg", 30)
    assert delayed(due, now) and in_row(due, now)


def test_what_needs_no_telephone_arms_no_such_look() -> None:
    other = CallScene()
    other.taken()

    assert other.entries(Kind.ASSIGNED)[0].timers == ()


@pytest.mark.parametrize("state", [LegState.CLAIMED, LegState.UNKNOWN, LegState.DIALLED, LegState.RINGING])
def test_a_leg_that_does_not_talk_by_then_has_failed(scene: CallScene, state: LegState) -> None:
    due, leg = armed(scene), scene.rings(scene.call(), state=state)
    scene.world.clock.advance(30)

    fires(scene, due)
    fires(scene, due)

    assert (scene.leg(leg).state, scene.leg(leg).reason) == (LegState.FAILED, "no_answer")
    assert scene.contact().state is ContactState.WAITING
    assert len(scene.entries(Kind.REQUEUED)) == 1


@pytest.mark.parametrize("state", [LegState.TALKING, LegState.ENDED, LegState.FAILED])
def test_a_leg_that_talks_or_is_over_stays_as_it_is(scene: CallScene, state: LegState) -> None:
    due, leg = armed(scene), scene.rings(scene.call(), state=state)
    scene.world.clock.advance(30)

    fires(scene, due)

    assert scene.leg(leg).state is state
    assert not [row for row in scene.all(DueRow) if row.due.what == "leg" and row.due.at > due.at]


def test_a_leg_that_was_rung_later_is_looked_at_again(scene: CallScene) -> None:
    due = armed(scene)
    scene.world.clock.advance(20)
    leg = scene.rings(scene.call(), "", LegRole.NUMBER)
    scene.world.clock.advance(10)

    fires(scene, due)

    assert scene.leg(leg).state is LegState.DIALLED
    (row,) = [row for row in scene.all(DueRow) if row.due.at > scene.world.clock()]
    scene.world.clock.advance(30)
    fires(scene, row.due)
    assert scene.leg(leg).state is LegState.FAILED


def test_a_timer_of_a_call_that_nobody_knows_is_harmless(scene: CallScene) -> None:
    fires(scene, Due(scene.world.clock(), "leg", scene.head().customer_id, "K1", "I1"))
