"""An agent follows a case that is not theirs, and sees how it stands."""

import pytest

from infra.twins.world import World
from shared.domain.desk.inbox import DeskOf, Follow
from shared.domain.desk.told_view import FollowView
from shared.domain.errors import Refused
from shared.domain.times import iso
from shared.use_cases.desk.follow_case import MOST, FollowCase
from shared.use_cases.desk.see_told import SeeTold
from tests.support.counting_store import CountingStore
from tests.support.rule_scene import NUMBER, VISITOR, RuleScene


@pytest.fixture
def scene() -> RuleScene:
    made = RuleScene()
    made.taken()
    made.hire("two")
    return made


def follow(scene: RuleScene, agent_id: str = "two") -> None:
    head = scene.head()
    follows(scene).follow(agent_id, head.customer_id, head.cases[0].id)


def follows(scene: RuleScene) -> FollowCase:
    return FollowCase(scene.world.store, scene.world.clock)


def followed(scene: RuleScene, agent_id: str = "two") -> tuple[FollowView, ...]:
    return SeeTold(*scene.needs)(DeskOf(agent_id), "en").followed


def test_a_followed_case_says_whose_it_is_and_when_the_customer_wrote_last(scene: RuleScene) -> None:
    follow(scene)
    scene.world.clock.advance(60)
    scene.sms("Still there?")

    (one,) = followed(scene)

    assert (one.state, one.owner_name, one.customer_name) == ("owned", "Agent One", "010-1234-5678")
    assert (one.last_at, one.channel) == (iso(scene.world.clock()), "sms")
    assert followed(scene, "one") == ()


def test_following_twice_is_once_and_stopping_twice_is_no_error(scene: RuleScene) -> None:
    follow(scene)
    since = scene.all(Follow)[0].since
    scene.world.clock.advance(60)
    follow(scene)
    assert [one.since for one in scene.all(Follow)] == [since]

    follows(scene).stop("two", scene.head().cases[0].id)
    follows(scene).stop("two", scene.head().cases[0].id)

    assert scene.all(Follow) == []


def test_a_case_that_is_closed_stays_followed_and_cannot_be_followed_anew(scene: RuleScene) -> None:
    follow(scene)
    head = scene.head()
    scene.closes()

    with pytest.raises(Refused) as closed:
        follows(scene).follow("one", head.customer_id, head.cases[0].id)

    assert closed.value.code == "case_closed"
    assert [(one.state, one.owner_name) for one in followed(scene)] == [("closed", "")]


def test_a_followed_case_is_shown_under_the_customer_it_was_merged_into(scene: RuleScene) -> None:
    scene.chat("Hi", VISITOR)
    visitor = scene.visitor_head()
    follows(scene).follow("two", visitor.customer_id, visitor.cases[0].id)

    scene.proves(NUMBER, VISITOR)

    (one,) = followed(scene)
    assert one.customer_id == scene.head().customer_id != visitor.customer_id
    assert one.customer_name == "010-1234-5678"


def test_more_than_a_hundred_cases_are_refused_with_a_way_out(scene: RuleScene) -> None:
    for n in range(MOST):
        scene.sms("Hello", f"+8210000{n:05}")
        head = scene.head(f"+8210000{n:05}")
        follows(scene).follow("two", head.customer_id, head.cases[0].id)

    with pytest.raises(Refused) as full:
        follow(scene)

    assert full.value.code == "too_many_followed"
    assert len(followed(scene)) == MOST


def test_a_desk_that_is_told_nothing_costs_two_queries() -> None:
    store = CountingStore()
    scene = RuleScene(World(store=store))
    scene.taken()
    store.forget()

    SeeTold(*scene.needs)(DeskOf("one"), "en")

    assert dict(store.asked) == {"find": 2}


def test_what_an_agent_follows_costs_two_batches_however_many_there_are() -> None:
    store = CountingStore()
    scene = RuleScene(World(store=store))
    scene.taken()
    for n in range(40):
        scene.sms("Hello", f"+8210000{n:05}")
        head = scene.head(f"+8210000{n:05}")
        follows(scene).follow("one", head.customer_id, head.cases[0].id)
    store.forget()

    assert len(followed(scene, "one")) == 40
    assert dict(store.asked) == {"find": 2, "get_all": 1}
