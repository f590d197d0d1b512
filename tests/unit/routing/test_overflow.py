"""A contact that waited long enough waits in another queue of its pool, in the rank it had."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.commands import Due
from shared.domain.customer.head import Contact
from shared.domain.queue import Need, Overflow, Queue
from shared.domain.queue_state import Opening, QueueState, QueueStates
from shared.domain.routing.move_on import moved_on
from shared.domain.routing.overflow import overflows_at, target
from shared.domain.routing.pool import Waiting, rank, waiting_row
from shared.domain.staffing import Rule, When
from shared.domain.timeline.append import contact_of
from shared.domain.timeline.entry import Kind
from shared.use_cases.channel.publish_entries import PublishEntries, wakes_of
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.move_on import move_on
from tests.support.consistency import faults
from tests.support.rule_scene import RuleScene

SECOND = Queue("second", priority=1, needs=(Need("english", 2),))
ENGLISH = Rule((When("language", ("en",)),), needs=(Need("refund"),))
CENTRE = Centre(queues=(Queue(overflow=Overflow("second", 60)), SECOND), rules=(ENGLISH,))


def scene_of(centre: Centre = CENTRE) -> RuleScene:
    scene = RuleScene(World(settings=FixedSettings(centre)))
    scene.sms("Hello there, I would like my money back please")
    return scene


def contact(scene: RuleScene) -> Contact:
    return scene.head().cases[0].contact


def timer(scene: RuleScene) -> Due:
    world = scene.world
    PublishEntries(world.outbox, world.store, world.clock)(world.store.stream)
    return next(due for due in world.outbox.dues if due.what == "overflow")


def queues(scene: RuleScene) -> list[str]:
    return [row.queue for row in scene.all(Waiting)]


def test_at_its_time_it_waits_in_the_other_queue_with_its_rank_and_the_needs_there() -> None:
    scene = scene_of()
    before = contact(scene)
    due = timer(scene)
    scene.world.clock.advance(60)

    move_on(*scene.needs, due)

    after = contact(scene)
    assert due.at == before.enqueued_at + timedelta(seconds=60)
    assert (after.queue, after.came_from) == ("second", ("main",))
    assert after.needs == (Need("english", 2), Need("refund")), "the new queue's and the rules' again"
    assert rank(after.enqueued_at, after.priority) == rank(before.enqueued_at, before.priority)
    assert queues(scene) == ["second"]
    assert scene.entries(Kind.MOVED)[0].facts["reason"] == "overflow"
    assert faults(scene.world.store, scene.world.now()) == []


def test_before_its_time_it_stays() -> None:
    scene = scene_of()
    due = timer(scene)
    scene.world.clock.advance(59)

    move_on(*scene.needs, due)

    assert queues(scene) == ["main"]


def test_a_head_start_counts_as_age() -> None:
    urgent = replace(CENTRE, queues=(replace(CENTRE.queue, priority=4), SECOND))

    scene = scene_of(urgent)

    assert timer(scene).at == scene.world.clock(), "two minutes of head start are more than a minute"


def test_the_minutes_round_moves_what_has_no_timer() -> None:
    """A queue may overflow since a moment ago, while customers wait in it already."""
    scene = scene_of(replace(CENTRE, queues=(Queue(), SECOND)))
    scene.world.settings = FixedSettings(CENTRE)
    scene.world.clock.advance(61)

    KeepTime(*scene.needs, scene.world.outbox).sweep()

    assert queues(scene) == ["second"]


def test_an_agent_who_is_asked_keeps_it_and_when_they_decline_it_moves_on() -> None:
    scene = scene_of()
    due = timer(scene)
    scene.hire()
    scene.assign()
    scene.world.clock.advance(61)
    move_on(*scene.needs, due)
    assert scene.entries(Kind.MOVED) == []

    AnswerOffer(*scene.needs).decline("one", scene.offers()[0])
    world = scene.world
    PublishEntries(world.outbox, world.store, world.clock)(world.store.stream[-4:])
    again = world.outbox.dues[-1]
    move_on(*scene.needs, again)

    assert (again.what, queues(scene)) == ("overflow", ["second"])


def test_a_queue_that_the_settings_have_no_more_is_left_for_its_successor() -> None:
    scene = scene_of(Centre(queues=(Queue("gone"), Queue("kept"))))
    now = replace(scene.world.now(), centre=Centre(queues=(Queue("kept"), Queue("heir", succeeds=("gone",)))))
    case = scene.head().cases[0]

    scene.world.store.commit(*moved_on(scene.head(), case, case.contact, now))

    assert queues(scene) == ["heir"]
    assert scene.entries(Kind.MOVED)[0].facts["reason"] == "settings"


@pytest.mark.parametrize("succeeds", [("gone",), ()])
def test_the_minutes_round_takes_contacts_out_of_a_queue_that_was_taken_away(
    succeeds: tuple[str, ...],
) -> None:
    """Into its successor, or the first queue: then the looks alone know that anything waits there."""
    scene = scene_of(Centre(queues=(Queue("gone"),)))
    AssignWaiting(*scene.needs)("main", wakes_of(scene.entries()))
    scene.world.settings = FixedSettings(Centre(queues=(Queue("kept"), Queue("heir", succeeds=succeeds))))

    KeepTime(*scene.needs, scene.world.outbox).sweep()

    assert queues(scene) == ["heir" if succeeds else "kept"]
    assert faults(scene.world.store, scene.world.now()) == []


def test_two_queues_that_lead_into_each_other_while_one_is_drained_leave_the_contact_where_it_is() -> None:
    scene = scene_of()
    drained = QueueState("second", Opening.DRAINING, scene.world.clock(), "agent:boss", into="main")
    scene.world.clock.advance(90)
    now = replace(scene.world.now(), states=lambda: QueueStates((drained,)))
    case = scene.head().cases[0]

    assert moved_on(scene.head(), case, case.contact, now) == ()


def test_it_does_not_overflow_into_another_pool_or_a_queue_that_does_not_take_its_channel() -> None:
    here = contact(scene_of())

    for away in (
        replace(SECOND, pool="other"),
        replace(SECOND, channels=("voice",)),
        replace(SECOND, name="x"),
    ):
        centre = replace(CENTRE, queues=(CENTRE.queue, away))
        assert overflows_at(here, centre) is None


NAMES = ("a", "b", "c", "d")
CIRCLES = st.lists(st.sampled_from((*NAMES, "nowhere")), min_size=4, max_size=4).map(
    lambda into: tuple(Queue(name, overflow=Overflow(to, 1)) for name, to in zip(NAMES, into, strict=True))
)


@given(CIRCLES)
def test_however_the_queues_lead_into_each_other_each_is_visited_once_and_the_row_follows_the_head(
    queues: tuple[Queue, ...],
) -> None:
    scene = scene_of(Centre(queues=queues))
    scene.world.clock.advance(10)
    visited = ["a"]

    for _ in range(len(NAMES) + 1):
        head, now = scene.head(), scene.world.now()
        case = head.cases[0]
        change = moved_on(head, case, case.contact, now)
        if not change:
            break
        scene.world.store.commit(*change)
        visited.append(contact(scene).queue)

    case = scene.head().cases[0]
    assert len(visited) == len(set(visited)), "no circle"
    assert scene.all(Waiting) == [waiting_row(case, case.contact, scene.world.now())]
    assert (
        contact_of(case, case.contact.interaction_id) and target(case.contact, Centre(queues=queues)) is None
    )
