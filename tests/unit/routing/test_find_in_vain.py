"""The minute's round tells of contacts that wait although nobody who is logged in could take them."""

from dataclasses import replace

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Left
from shared.domain.hours import Hours
from shared.domain.queue import Need, Queue
from shared.domain.routing.seats import OpenClass
from shared.domain.routing.staff import Presence
from shared.domain.staffing import Skill
from shared.use_cases.channel.publish_entries import wakes_of
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.assign_waiting import AssignWaiting
from tests.support.rule_scene import RuleScene

HARD = Queue("main", needs=(Need("juggling", 5),))
CENTRE = Centre(queues=(HARD,), skills=(Skill("juggling"),))
JUGGLING = [("main", "chat+juggling.5")]


def scene_of(centre: Centre) -> RuleScene:
    scene = RuleScene(World(settings=FixedSettings(centre)))
    scene.hire()
    scene.chat("Hello")
    entries = [after for _, after in scene.world.store.stream]
    AssignWaiting(*scene.needs)("main", wakes_of(entries))
    return scene


def in_vain(scene: RuleScene) -> list[tuple[str, str]]:
    told: list[OpenClass] = []
    KeepTime(*scene.needs, scene.world.outbox, in_vain=told.extend).sweep()
    return [(one.queue, one.klass) for one in told]


def test_a_class_that_nobody_can_serve_is_told_of_once_a_round() -> None:
    scene = scene_of(CENTRE)

    assert in_vain(scene) == JUGGLING
    assert in_vain(scene) == JUGGLING


def test_where_somebody_serves_it_there_is_nothing_to_tell_even_while_they_pause() -> None:
    scene = scene_of(replace(CENTRE, queues=(Queue(),)))
    scene.presence(Presence.BREAK)

    assert in_vain(scene) == []


def test_when_the_customer_is_gone_nothing_waits_in_vain() -> None:
    scene = scene_of(CENTRE)

    scene.does(Left())

    assert in_vain(scene) == []


def test_a_queue_that_is_closed_now_has_nobody_to_miss() -> None:
    night = Hours(("mon-fri 18:30-19:00",))  # the tests' clock begins at 18:00 in Seoul

    assert in_vain(scene_of(replace(CENTRE, queues=(replace(HARD, hours=night),)))) == []
