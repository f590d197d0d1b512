"""A ring opens to the second: the class of the contact is looked at then."""

from datetime import timedelta

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.commands import Due
from shared.domain.queue import Queue, Ring
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.keep_time import KeepTime
from tests.support.rule_scene import RuleScene

RINGS = (Ring(20, drop=("x",)), Ring(1000, admit=("all",)))


def scene_of(priority: int = 5) -> RuleScene:
    queue = Queue(rings=RINGS, priority=priority)
    scene = RuleScene(World(settings=FixedSettings(Centre(queues=(queue,)))))
    scene.sms("Hello")
    return scene


def dues(scene: RuleScene) -> list[Due]:
    world = scene.world
    PublishEntries(world.outbox, world.store, world.clock)(world.store.stream)
    world.outbox.wakes.clear()
    return [due for due in world.outbox.dues if due.what == "ring"]


def test_a_contact_that_begins_to_wait_arms_a_timer_for_each_ring_that_a_message_can_carry() -> None:
    scene = scene_of()

    (first,) = dues(scene)

    assert first.at == scene.world.clock() + timedelta(seconds=20), "the other one lies further off, in a row"


def test_a_ring_that_the_head_start_has_reached_already_needs_no_timer() -> None:
    assert [due.at for due in dues(scene_of(priority=1))] == [
        scene_of().world.clock() + timedelta(seconds=520)
    ]


def test_then_the_class_of_the_contact_is_looked_at() -> None:
    scene = scene_of()
    (due,) = dues(scene)
    scene.world.clock.advance(20)

    KeepTime(*scene.needs, scene.world.outbox).fire(due)

    (wake,) = scene.world.outbox.wakes
    assert (wake.pool, wake.queue, wake.klass) == ("main", "main", "sms")


def test_for_a_contact_that_waits_no_more_nothing_is_looked_at() -> None:
    scene = scene_of()
    (due,) = dues(scene)
    scene.hire()
    scene.assign()

    KeepTime(*scene.needs, scene.world.outbox).fire(due)

    assert scene.world.outbox.wakes == []
