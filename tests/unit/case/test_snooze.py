"""A case is left alone until a time or until the customer writes, whichever is first."""

from datetime import timedelta
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.channel.arrival import Left
from shared.domain.channel.commands import Due
from shared.domain.customer.head import ContactState, OpenCase
from shared.domain.customer.snooze import Sleeper
from shared.domain.errors import Refused
from shared.domain.report.count_fact import count_fact
from shared.domain.routing.staff import Agent, Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.case.snooze_case import SnoozeCase, snooze_over
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.desk.hand_on import HandOn, Wish
from shared.use_cases.keep_time import KeepTime
from tests.support.between import Between
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER, RuleScene

HOUR = timedelta(hours=1)


@pytest.fixture
def scene() -> RuleScene:
    centre = RuleScene()
    centre.taken()
    centre.world.clock.advance(60)
    return centre


def case_of(scene: RuleScene) -> OpenCase:
    return scene.head().cases[0]


def snooze(scene: RuleScene, ahead: timedelta = HOUR, key: str = "snooze-0001", agent: str = "one") -> None:
    until = scene.world.clock() + ahead
    SnoozeCase(*scene.needs)(agent, scene.head().customer_id, case_of(scene).id, until, key)


def wake(scene: RuleScene, key: str = "wake-0001", agent: str = "one") -> None:
    SnoozeCase(*scene.needs).wake(agent, scene.head().customer_id, case_of(scene).id, key)


def timer(scene: RuleScene) -> Due:
    """The timer that the snooze armed."""
    outbox = scene.world.outbox
    PublishEntries(outbox, scene.world.store, scene.world.clock)(scene.world.store.stream)
    line = scene.entries(Kind.CASE_SNOOZED)[-1]
    assert line.due
    return Due(line.due, line.due_for, line.timeline, line.case_id, line.interaction_id)


def fills(scene: RuleScene, most: int = 3) -> None:
    """The agent takes as many others as they can have."""
    for n in range(most):
        scene.sms("Me too", f"+8210900000{n:02}")
        scene.assign()
        scene.accept()


def woken(scene: RuleScene) -> list[Entry]:
    return scene.entries(Kind.CASE_WOKEN)


def test_a_snoozed_case_stays_its_agents_and_takes_none_of_their_places(scene: RuleScene) -> None:
    snooze(scene)

    case = case_of(scene)
    assert (case.owner, case.contact.state, case.state) == ("one", ContactState.SNOOZED, "owned")
    assert case.snoozed and case.snoozed.until == scene.world.clock() + HOUR
    assert scene.agent().engagements == ()
    assert scene.seats()
    assert [row.case_id for row in scene.world.store.find(Sleeper, "one")] == [case.id]
    assert faults(scene.world.store) == []


def test_the_handle_time_ends_with_the_snooze_and_goes_on_after_it(scene: RuleScene) -> None:
    snooze(scene)
    scene.world.clock.advance(3600)
    snooze_over(*scene.needs, timer(scene))
    scene.world.clock.advance(30)

    closed = scene.closes()

    (slept,) = (fact for line in scene.entries(Kind.CASE_SNOOZED) for fact in facts(line))
    assert (slept.data["handle_ms"], closed.data["handle_ms"]) == (60_000, 30_000)
    assert closed.data["resolution_ms"] >= 3_690_000  # type: ignore[operator]
    (add,) = count_fact(slept, Centre())
    assert add.amounts == {"handle_ms": 60_000, "slot_ms": 20_000}
    assert faults(scene.world.store) == []


def test_what_the_customer_writes_wakes_it_at_once_and_its_agent_has_it(scene: RuleScene) -> None:
    snooze(scene)

    scene.sms("I found it!")

    case = case_of(scene)
    assert (case.contact.state, case.contact.agent, case.snoozed) == (ContactState.CONNECTED, "one", None)
    assert [place.case_id for place in scene.agent().engagements] == [case.id]
    assert [(e.facts["how"], e.actor) for e in woken(scene)] == [("customer", "customer")]
    assert list(scene.world.store.find(Sleeper, "one")) == []
    assert faults(scene.world.store) == []


def test_where_its_agent_is_full_it_waits_for_them_with_its_age(scene: RuleScene) -> None:
    enqueued = case_of(scene).contact.enqueued_at
    snooze(scene)
    fills(scene)

    scene.sms("Hello again")

    contact = case_of(scene).contact
    assert (contact.state, contact.preferred) == (ContactState.WAITING, "one")
    assert contact.enqueued_at == enqueued
    assert contact.alone_until is not None
    assert faults(scene.world.store) == []


def test_where_its_agent_is_gone_a_colleague_is_asked(scene: RuleScene) -> None:
    snooze(scene)
    scene.presence(Presence.OFFLINE)
    scene.hire("two")

    scene.sms("Hello again")
    scene.assign()

    assert len(scene.offers("two")) == 1
    scene.accept("two")
    assert case_of(scene).owner == "two"
    assert faults(scene.world.store) == []


def test_its_time_comes_by_the_minutes_round_though_every_message_was_lost(scene: RuleScene) -> None:
    snooze(scene)
    timer(scene)
    scene.world.clock.advance(3700)

    KeepTime(scene.world.store, scene.world.now, scene.world.outbox).sweep()

    assert [e.facts["how"] for e in woken(scene)] == ["time"]
    assert case_of(scene).snoozed is None


def test_a_timer_that_comes_late_or_twice_does_nothing(scene: RuleScene) -> None:
    snooze(scene)
    due = timer(scene)
    scene.sms("Here I am")
    scene.world.clock.advance(3700)
    version = scene.head().version

    snooze_over(*scene.needs, due)
    snooze_over(*scene.needs, due)

    assert scene.head().version == version
    scene.closes()
    snooze_over(*scene.needs, due)
    assert len(woken(scene)) == 1


def test_the_timer_of_a_former_snooze_does_not_end_the_next_one(scene: RuleScene) -> None:
    snooze(scene)
    due = timer(scene)
    snooze(scene, 5 * HOUR, key="snooze-0002")
    scene.world.clock.advance(3700)

    snooze_over(*scene.needs, due)

    assert case_of(scene).snoozed is not None
    assert woken(scene) == []


def test_a_snooze_asked_for_twice_is_one(scene: RuleScene) -> None:
    until = scene.world.clock() + HOUR
    asked = ("one", scene.head().customer_id, case_of(scene).id, until, "snooze-0001")

    SnoozeCase(*scene.needs)(*asked)
    SnoozeCase(*scene.needs)(*asked)

    assert len(scene.entries(Kind.CASE_SNOOZED)) == 1


def test_a_message_that_comes_while_it_is_snoozed_wins_nothing_and_loses_nothing(scene: RuleScene) -> None:
    """The customer writes between the read and the write of the snooze: the snooze decides again."""
    store = scene.world.store
    between: Any = Between(store, Agent, lambda: scene.sms("Wait!"))
    until = scene.world.clock() + HOUR

    asked = ("one", scene.head().customer_id, case_of(scene).id, until, "snooze-0001")
    SnoozeCase(between, scene.world.now)(*asked)

    assert case_of(scene).snoozed is not None
    assert [e.text for e in scene.entries(Kind.MESSAGE_RECEIVED)] == ["Hello", "Wait!"]
    assert faults(store) == []


def test_the_agent_wakes_it_before(scene: RuleScene) -> None:
    snooze(scene)

    wake(scene)
    wake(scene, key="wake-0002")

    assert case_of(scene).contact.state is ContactState.CONNECTED
    assert [e.actor for e in woken(scene)] == ["agent:one"]


def test_who_has_no_room_is_told_how_many_they_have(scene: RuleScene) -> None:
    snooze(scene)
    fills(scene)

    with pytest.raises(Refused) as refused:
        wake(scene)

    assert (refused.value.code, refused.value.told) == ("full", {"held": "3", "most": "3"})


def test_another_agent_can_neither_snooze_nor_wake_it(scene: RuleScene) -> None:
    scene.hire("two")

    with pytest.raises(Refused, match="not_owner"):
        snooze(scene, agent="two")
    snooze(scene)
    with pytest.raises(Refused, match="not_owner"):
        wake(scene, agent="two")


@pytest.mark.parametrize("ahead", [timedelta(0), -HOUR, timedelta(days=91)])
def test_a_moment_that_is_over_or_too_far_is_refused(scene: RuleScene, ahead: timedelta) -> None:
    with pytest.raises(Refused, match="snooze_time"):
        snooze(scene, ahead)


def test_a_snoozed_case_is_closed_and_nothing_of_it_is_left(scene: RuleScene) -> None:
    scene.says("All right.")
    snooze(scene)

    closed = scene.closes(answered=False)

    assert closed.data["handle_ms"] == 0
    assert list(scene.world.store.find(Sleeper, "one")) == []
    assert faults(scene.world.store) == []


def test_a_snoozed_case_is_handed_on_awake(scene: RuleScene) -> None:
    snooze(scene)
    wish = Wish("one", scene.head().customer_id, case_of(scene).id, queue="main", note="please")

    HandOn(*scene.needs).transfer(wish, "transfer-01")

    case = case_of(scene)
    assert (case.contact.state, case.snoozed, case.owner) == (ContactState.WAITING, None, "")
    assert list(scene.world.store.find(Sleeper, "one")) == []
    assert faults(scene.world.store) == []


def test_a_reply_leaves_it_asleep(scene: RuleScene) -> None:
    snooze(scene)

    scene.says("I will ask and come back to you.")

    assert case_of(scene).snoozed is not None


def test_a_customer_who_leaves_the_chat_does_not_wake_it() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    head = scene.visitor_head()
    until = scene.world.clock() + HOUR
    SnoozeCase(*scene.needs)("one", head.customer_id, head.cases[0].id, until, "snooze-0001")

    scene.does(Left())

    assert scene.visitor_head().cases[0].snoozed is not None
    assert faults(scene.world.store) == []


def test_an_agent_who_left_the_centre_is_not_waited_for() -> None:
    scene = RuleScene(World(settings=FixedSettings(Centre(acw_seconds=0))))
    scene.taken()
    snooze(scene)
    due = timer(scene)
    scene.presence(Presence.OFFLINE)
    scene.world.clock.advance(3700)

    snooze_over(*scene.needs, due)

    contact = case_of(scene).contact
    assert (contact.state, contact.alone_until) == (ContactState.WAITING, None)
    assert scene.world.store.get(Ref(Sleeper, "one", case_of(scene).id)) is None
    assert scene.head(NUMBER).cases[0].owner == ""
