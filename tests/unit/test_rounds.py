"""The minute's round finds whatever is due, however late it comes and whoever failed before."""

from datetime import timedelta

from infra.twins.clock import START
from shared.domain.change import Put
from shared.domain.channel.commands import Due, DueRow, Swept, due_row
from shared.domain.customer.kept import Interaction
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.change_presence import ChangePresence
from tests.support.rule_scene import RuleScene

DAY = 86_400


def sweeps(scene: RuleScene, times: int = 1) -> None:
    for _ in range(times):
        KeepTime(*scene.needs, scene.world.outbox).sweep()


def publishes(scene: RuleScene) -> None:
    world = scene.world
    PublishEntries(world.outbox, world.store, world.clock)(world.store.stream)


def waits(scene: RuleScene, name: str, at: int) -> None:
    """A timer about nobody, `at` seconds from the start: it is gone once it was fired."""
    scene.world.store.commit(Put(due_row(Due(START + timedelta(seconds=at), "silence", "nobody", "", name))))


def names(scene: RuleScene) -> list[str]:
    return [row.due.reference for row in scene.all(DueRow)]


def test_a_chats_silence_is_in_no_queue_that_could_lose_it() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()
    publishes(scene)
    assert {due.what for due in scene.world.outbox.dues} == {"offer"}
    scene.world.clock.advance(900)
    ChangePresence(*scene.needs).beat("one")

    sweeps(scene)

    assert scene.all(Interaction)[0].ended_by == "silence"


def test_a_timer_that_is_armed_after_its_time_lies_where_the_next_round_looks() -> None:
    scene = RuleScene()
    sweeps(scene)
    scene.world.clock.advance(3600)
    sweeps(scene)

    scene.world.outbox.arm([Due(START, "silence", "nobody", "", "late")], scene.world.clock())
    sweeps(scene)

    assert names(scene) == []


def test_a_first_round_that_comes_days_late_finds_what_is_older() -> None:
    scene = RuleScene()
    waits(scene, "old", 60)
    scene.world.clock.advance(6 * DAY)

    sweeps(scene, 7 * 24 // 4)

    assert names(scene) == []


def test_while_the_past_is_made_up_for_the_present_is_in_time() -> None:
    scene = RuleScene()
    scene.world.store.commit(Put(Swept(START)))
    waits(scene, "old", 60)
    waits(scene, "newer", DAY)
    waits(scene, "now", 3 * DAY)
    scene.world.clock.advance(3 * DAY)

    sweeps(scene)

    assert names(scene) == ["newer"]
