"""A contact whose own agent is busy waits for them alone for a while, then in its queue with its age."""

from dataclasses import replace
from datetime import timedelta

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.channel.commands import Due, DueRow
from shared.domain.customer.head import Contact, OpenCase
from shared.domain.now import Now
from shared.domain.queue import Need, Queue
from shared.domain.routing.alone import prefers
from shared.domain.routing.pool import Waiting, waiting_row
from shared.domain.routing.staff import Agent, Presence
from shared.domain.staffing import Limit, Member, Profile, Skill
from shared.domain.timeline.entry import Kind
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.routing.move_on import move_on
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER, RuleScene

ANOTHER = "+821000000002"
ONE_AT_A_TIME = Profile("all", ("main",), (Limit("sms", 1),))
CENTRE = Centre(queues=(Queue(last_agent_days=7),), profiles=(ONE_AT_A_TIME,), acw_seconds=0)


def scene_of(centre: Centre = CENTRE) -> RuleScene:
    return RuleScene(World(settings=FixedSettings(centre)))


def served_before(scene: RuleScene) -> None:
    """Agent one had the customer's case and closed it."""
    scene.taken()
    scene.closes()


def busy_with_another(scene: RuleScene) -> None:
    scene.sms("Somebody else", ANOTHER)
    scene.assign()
    scene.accept()


def waiting(scene: RuleScene) -> tuple[OpenCase, Contact]:
    case = scene.head().cases[0]
    return case, case.contact


def rows(scene: RuleScene) -> list[str]:
    return [row.queue for row in scene.all(Waiting)]


def a_customer_who_waits_for_one_alone() -> RuleScene:
    scene = scene_of()
    served_before(scene)
    busy_with_another(scene)
    scene.sms("It is broken again")
    return scene


def publish(scene: RuleScene) -> list[Due]:
    world = scene.world
    PublishEntries(world.outbox, world.store, world.clock)(world.store.stream[-1:])
    return [due for due in world.outbox.dues if due.what == "alone"]


def test_who_comes_back_while_their_agent_is_busy_waits_for_them_alone() -> None:
    scene = a_customer_who_waits_for_one_alone()

    case, contact = waiting(scene)

    assert (contact.preferred, contact.alone_until) == ("one", scene.world.clock() + timedelta(seconds=30))
    assert rows(scene) == ["@one"]
    assert scene.all(Waiting) == [waiting_row(case, contact, scene.world.now())]
    assert faults(scene.world.store, scene.world.now()) == []


def test_the_line_says_for_whom_and_how_long_and_a_timer_is_armed_to_the_second() -> None:
    scene = a_customer_who_waits_for_one_alone()
    line = scene.entries(Kind.MESSAGE_RECEIVED)[-1]

    (due,) = publish(scene)

    assert line.facts["preferred"] == "one"
    assert due.at == waiting(scene)[1].alone_until and due.reference == waiting(scene)[1].interaction_id
    assert [row.due.what for row in scene.all(DueRow) if row.due.what == "alone"] == ["alone"], "the round's"


def test_when_the_time_is_over_it_waits_in_its_queue_with_its_age() -> None:
    scene = a_customer_who_waits_for_one_alone()
    (due,) = publish(scene)
    _, before = waiting(scene)
    scene.world.clock.advance(30)

    move_on(*scene.needs, due)

    _, after = waiting(scene)
    assert rows(scene) == ["main"]
    assert (after.enqueued_at, after.priority) == (before.enqueued_at, before.priority)
    assert (after.alone_until, after.preferred) == (None, "one")
    (line,) = scene.entries(Kind.MOVED)
    assert (line.facts["reason"], line.facts["came_from"]) == ("alone_over", "main")
    assert faults(scene.world.store, scene.world.now()) == []


def test_the_timer_that_comes_twice_or_too_early_changes_nothing() -> None:
    scene = a_customer_who_waits_for_one_alone()
    (due,) = publish(scene)

    move_on(*scene.needs, due)
    assert rows(scene) == ["@one"]

    scene.world.clock.advance(31)
    move_on(*scene.needs, due)
    move_on(*scene.needs, due)
    assert len(scene.entries(Kind.MOVED)) == 1


def test_the_minutes_round_finds_a_contact_whose_timer_was_lost() -> None:
    scene = a_customer_who_waits_for_one_alone()
    publish(scene)
    scene.world.clock.advance(90)

    KeepTime(*scene.needs, scene.world.outbox).sweep()

    assert rows(scene) == ["main"]


def test_when_their_agent_leaves_it_waits_for_everybody_at_once() -> None:
    scene = a_customer_who_waits_for_one_alone()

    scene.presence(Presence.OFFLINE)

    assert sorted(rows(scene)) == ["main", "main"], "the customer who came back, and the other one's case"
    assert faults(scene.world.store, scene.world.now()) == []


def test_who_comes_back_while_their_agent_is_free_waits_in_the_queue_from_the_beginning() -> None:
    scene = scene_of()
    served_before(scene)

    scene.sms("It is broken again")

    assert rows(scene) == ["main"]
    assert waiting(scene)[1].preferred == "one"


def test_an_agent_who_is_free_gets_their_customer_back_though_they_lack_what_the_queue_asks_for_now() -> None:
    asks = replace(
        CENTRE, skills=(Skill("english"),), queues=(replace(CENTRE.queue, needs=(Need("english"),)),)
    )
    scene = scene_of()
    served_before(scene)
    scene.world.settings = FixedSettings(asks)

    scene.sms("It is broken again")
    assert rows(scene) == ["@one"]
    scene.assign()

    assert waiting(scene)[1].agent == "one"


@pytest.mark.parametrize("presence", [Presence.OFFLINE, Presence.BREAK])
def test_nobody_waits_for_an_agent_who_is_not_there(presence: Presence) -> None:
    scene = scene_of()
    served_before(scene)
    scene.presence(presence)

    scene.sms("It is broken again")

    assert (rows(scene), waiting(scene)[1].preferred) == (["main"], "")


def test_a_new_case_goes_first_to_the_agent_of_the_last_one_for_as_many_days_as_the_queue_says() -> None:
    scene = scene_of()
    served_before(scene)
    scene.world.clock.advance(6 * 86_400)
    scene.presence(Presence.AVAILABLE)
    busy_with_another(scene)

    scene.sms("Something else")

    assert rows(scene) == ["@one"]


@pytest.mark.parametrize("days", [0, 3])
def test_after_these_days_it_waits_for_everybody(days: int) -> None:
    scene = scene_of(replace(CENTRE, queues=(Queue(last_agent_days=days),)))
    served_before(scene)
    scene.world.clock.advance(6 * 86_400)
    busy_with_another(scene)

    scene.sms("Something else")

    assert (rows(scene), waiting(scene)[1].preferred) == (["main"], "")


def test_a_queue_may_let_nobody_wait_alone() -> None:
    scene = scene_of(replace(CENTRE, queues=(Queue(preferred_seconds=0),)))
    served_before(scene)
    busy_with_another(scene)

    scene.sms("It is broken again")

    assert (rows(scene), waiting(scene)[1].preferred) == (["main"], "one")


def a_contact(scene: RuleScene) -> Contact:
    scene.sms("Hello", NUMBER)
    return waiting(scene)[1]


def preferred(agent: Agent, **settings: object) -> str:
    scene = RuleScene(World(settings=FixedSettings(CENTRE, **settings)))  # type: ignore[arg-type]
    now: Now = scene.world.now()
    return prefers(a_contact(scene), agent, now).preferred


THERE = Agent("one", "One", "main", 1, Presence.AVAILABLE, login="one@example.com")


def test_an_agent_who_is_drained_or_does_not_answer_or_serves_another_pool_is_not_waited_for() -> None:
    assert preferred(THERE) == "one"
    assert preferred(replace(THERE, draining=True)) == ""
    assert preferred(replace(THERE, not_responding=True)) == ""
    assert preferred(replace(THERE, pool="other")) == ""


def test_an_agent_whom_the_settings_give_no_work_is_not_waited_for() -> None:
    assert preferred(THERE, members=[Member("two@example.com", "all")]) == ""
    assert preferred(THERE, members=[Member("one@example.com", "all")]) == "one"
