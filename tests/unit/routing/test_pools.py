"""Queues and pools may change in the settings; nobody who waits or works is left behind by it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put
from shared.domain.errors import Refused
from shared.domain.queue import Overflow, Queue
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Agent, Presence
from shared.use_cases.routing.move_on import MoveOn
from tests.support.configured import configured
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

RENAMED = replace(Centre(), queues=(Queue(pool="support"),))
QUEUES = replace(Centre(), queues=(Queue(), Queue("sales", "sellers")))
MOVED = replace(Centre(), queues=(Queue(pool="sellers"), Queue("sales", "main")))


@pytest.mark.parametrize(
    "somebody",
    [
        pytest.param(lambda scene: scene.sms("Hello"), id="waits"),
        pytest.param(lambda scene: scene.hire(), id="is free"),
        pytest.param(lambda scene: scene.hire(presence=Presence.BREAK), id="works there"),
    ],
)
def test_a_pool_in_which_somebody_waits_or_works_stays(somebody: Callable[[RuleScene], object]) -> None:
    scene = RuleScene()
    somebody(scene)

    with pytest.raises(Refused, match="pool main") as refused:
        configured(scene.world, RENAMED)

    assert refused.value.code == "pool_in_use"


def test_an_empty_pool_may_be_renamed() -> None:
    assert configured(RuleScene().world, RENAMED) == 1


def test_a_queue_in_which_somebody_waits_stays_in_its_pool() -> None:
    scene = RuleScene()
    configured(scene.world, QUEUES)
    scene.sms("Hello")

    with pytest.raises(Refused, match="queue main"):
        configured(scene.world, MOVED)


def test_an_agent_of_a_pool_that_is_gone_comes_back_into_the_first_one() -> None:
    scene = RuleScene()
    scene.hire(presence=Presence.OFFLINE)
    agent = scene.agent()
    scene.world.store.items = {
        where: replace(item, pool="old") if isinstance(item, Agent) else item
        for where, item in scene.world.store.items.items()
    }

    scene.presence(Presence.AVAILABLE)
    scene.sms("Hello")

    assert (scene.agent().pool, scene.assign()) == (agent.pool, 1)


def test_who_was_queued_while_the_pool_moved_is_offered_in_the_new_one() -> None:
    """A function may go by the old settings for ten seconds."""
    scene = RuleScene()
    scene.sms("Hello")
    (row,) = scene.all(Waiting)
    elsewhere = replace(row, pool="old")
    scene.world.store.items = {
        where: item for where, item in scene.world.store.items.items() if not isinstance(item, Waiting)
    }
    scene.world.store.commit(Put(elsewhere))
    scene.hire()
    (seat,) = scene.seats()
    scene.world.store.commit(Put(replace(seat, pool="old"), over=ANY))

    scene.assign("old")
    scene.assign()

    assert [waiting.pool for waiting in scene.all(Waiting)] == []
    assert len(scene.offers()) == 1


def test_who_was_queued_while_the_pool_moved_is_moved_though_nobody_there_serves_the_queue() -> None:
    scene = RuleScene(World(settings=FixedSettings(QUEUES)))
    scene.sms("Hello")
    scene.assign()
    scene.world.settings = FixedSettings(MOVED)

    MoveOn(*scene.needs)("main")

    assert [(row.pool, row.queue) for row in scene.all(Waiting)] == [("sellers", "main")]
    assert faults(scene.world.store, scene.world.now()) == []


def test_who_overflowed_out_of_the_queue_that_is_the_first_one_now_leaves_a_queue_that_is_gone() -> None:
    two = Queue(overflow=Overflow("second", 60)), Queue("second")
    scene = RuleScene(World(settings=FixedSettings(Centre(queues=two))))
    scene.sms("Hello")
    scene.assign()
    scene.world.clock.advance(61)
    MoveOn(*scene.needs)("main")
    scene.assign()
    scene.world.settings = FixedSettings(Centre(queues=(Queue(),)))

    MoveOn(*scene.needs)("main")

    assert [row.queue for row in scene.all(Waiting)] == ["main"]
