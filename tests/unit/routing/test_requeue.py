"""A contact that waits elsewhere from now on: its row and its head in one change."""

from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import Change
from shared.domain.customer.head import Contact, ContactState, OpenCase
from shared.domain.errors import Conflict
from shared.domain.queue import Need, Queue
from shared.domain.report.count_fact import count_fact
from shared.domain.report.figures import Figure
from shared.domain.routing.needs import Placed
from shared.domain.routing.pool import Waiting, waiting_row
from shared.domain.routing.requeue import in_queue, requeued
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

CENTRE = Centre(queues=(Queue(), Queue("second", priority=3, needs=(Need("english", 2),))))
SECOND = Placed("second", (Need("english", 2),), 3)


def a_waiting_contact() -> RuleScene:
    scene = RuleScene(World(settings=FixedSettings(CENTRE)))
    scene.sms("Hello")
    scene.world.clock.advance(90)
    return scene


def contact_of(scene: RuleScene) -> tuple[OpenCase, Contact]:
    case = scene.head().cases[0]
    return case, case.contact


def moved(scene: RuleScene, place: Placed = SECOND, reason: str = "overflow", unknown: str = "") -> Change:
    case, contact = contact_of(scene)
    after = in_queue(contact, place)
    told = {"unknown": unknown} if unknown else {}
    return requeued(scene.head(), case, after, reason, scene.world.now(), told=told)


def test_it_waits_in_the_other_queue_with_its_age_and_with_the_needs_and_priority_there() -> None:
    scene = a_waiting_contact()
    _, before = contact_of(scene)

    scene.world.store.commit(*moved(scene))

    _, after = contact_of(scene)
    assert (after.queue, after.needs, after.priority) == ("second", (Need("english", 2),), 3)
    assert after.enqueued_at == before.enqueued_at
    (row,) = scene.all(Waiting)
    assert row == waiting_row(*contact_of(scene), scene.world.now())
    assert faults(scene.world.store, scene.world.now()) == []


def test_its_line_says_where_from_why_and_what_it_asks_for_and_wakes_the_pool() -> None:
    scene = a_waiting_contact()

    scene.world.store.commit(*moved(scene, unknown="tier"))

    (line,) = scene.entries(Kind.MOVED)
    assert line.facts == {
        "queue": "second",
        "came_from": "main",
        "reason": "overflow",
        "needs": "english.2",
        "priority": 3,
        "waited_ms": 90_000,
        "unknown": "tier",
    }
    assert line.signals.wake == "main"


def test_the_queue_it_left_counts_a_flow_out_and_the_other_one_a_flow_in() -> None:
    scene = a_waiting_contact()

    scene.world.store.commit(*moved(scene))

    (fact,) = facts(scene.entries(Kind.MOVED)[0])
    adds = count_fact(fact, CENTRE)
    assert [(add.item.queue, dict(add.amounts)) for add in adds if isinstance(add.item, Figure)] == [
        ("main", {"contacts_flowed_out": 1}),
        ("second", {"contacts_flowed_in": 1}),
    ]


def test_a_contact_that_stays_in_its_queue_is_no_flow_and_keeps_its_row() -> None:
    scene = a_waiting_contact()

    scene.world.store.commit(*moved(scene, Placed("main", (), 5), "settings"))

    assert count_fact(facts(scene.entries(Kind.MOVED)[0])[0], CENTRE) == ()
    assert [row.queue for row in scene.all(Waiting)] == ["main"]


def test_a_row_found_elsewhere_than_the_settings_say_now_is_the_one_that_goes() -> None:
    scene = a_waiting_contact()
    (row,) = scene.all(Waiting)
    elsewhere = replace(CENTRE, queues=tuple(replace(queue, pool="other") for queue in CENTRE.queues))
    case, contact = contact_of(scene)

    now = replace(scene.world.now(), centre=elsewhere)
    change = requeued(scene.head(), case, in_queue(contact, SECOND), "settings", now, row=row)
    scene.world.store.commit(*change)

    assert [(one.pool, one.queue) for one in scene.all(Waiting)] == [("other", "second")]


def test_whoever_moved_it_a_moment_ago_is_noticed() -> None:
    scene = a_waiting_contact()
    change = moved(scene)
    scene.sms("are you there?")

    with pytest.raises(Conflict):
        scene.world.store.commit(*change)

    assert [row.queue for row in scene.all(Waiting)] == ["main"]


def test_a_contact_that_an_agent_has_waits_again_and_leaves_no_row_behind() -> None:
    scene = RuleScene(World(settings=FixedSettings(CENTRE)))
    case = scene.taken()
    after = in_queue(case.contact, SECOND)

    change = requeued(scene.head(), replace(case, owner=""), after, "transfer", scene.world.now())
    scene.world.store.commit(*change)

    assert (after.state, after.agent, after.assigned_at) == (ContactState.WAITING, "", None)
    assert [row.queue for row in scene.all(Waiting)] == ["second"]


def test_a_contact_that_has_ended_is_not_brought_back() -> None:
    scene = a_waiting_contact()
    case, contact = contact_of(scene)
    gone = replace(contact, interaction_id="ended")

    with pytest.raises(Conflict):
        requeued(scene.head(), case, in_queue(gone, SECOND), "overflow", scene.world.now())
