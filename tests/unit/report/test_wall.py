"""A wall shows this moment and this day, and nothing of anybody's."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.adapters import codec
from shared.domain.centre import Centre
from shared.domain.change import Put
from shared.domain.queue import Queue
from shared.domain.report.formulas import totals
from shared.domain.report.wall import Wall
from shared.domain.routing.pool import Waiting, rank
from shared.domain.routing.staff import Agent, Engagement, Heartbeat, Presence
from shared.domain.shards import SHARDS
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.report.see_agents import SHOWN, SeeAgents
from shared.use_cases.report.see_wall import COUNTED_EVERY, SeeWall
from shared.use_cases.report.sum_shards import figures_of
from tests.support.counting_store import CountingStore
from tests.support.facts import a_fact

NOW = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)  # 12:30 in Seoul


@pytest.fixture
def world() -> World:
    world = World(settings=FixedSettings(Centre(queues=(Queue(), Queue("second")))))
    world.clock.now = NOW
    return world


def count(world: World, *facts: object) -> None:
    CountFacts(world.store, world.files, world.settings)(facts)  # type: ignore[arg-type]


def seen(world: World) -> Wall:
    return SeeWall(world.store, world.now)()


def waits(world: World, queue: str, seconds: int) -> None:
    at = NOW - timedelta(seconds=seconds)
    row = Waiting("main", queue, rank(at, 5), f"i{seconds}", "secret-customer", "k1", "sms", at, 5)
    world.store.commit(Put(row))


def is_there(world: World, id: str, presence: Presence, *, busy: bool = False, asleep: bool = False) -> None:
    held = (Engagement("k2", "c2", "chat", NOW, "i2", 5),) if busy else ()
    agent = Agent(id, f"Name of {id}", "main", 1, presence, NOW, engagements=held, not_responding=asleep)
    world.store.commit(Put(agent), Put(Heartbeat("main", id, NOW, NOW + timedelta(days=1))))


def test_who_waits_is_counted_over_all_queues_with_the_longest_wait(world: World) -> None:
    for queue, seconds in (("main", 30), ("main", 200), ("second", 90)):
        waits(world, queue, seconds)

    told = seen(world)

    assert (told.waiting, told.oldest_seconds) == (3, 200)
    assert {one.queue: (one.waiting, one.oldest_seconds) for one in told.queues} == {
        "main": (2, 200),
        "second": (1, 90),
    }


def test_an_empty_centre_has_no_longest_wait_and_no_service_level(world: World) -> None:
    told = seen(world)

    assert (told.waiting, told.oldest_seconds, told.totals["service_level_answered"]) == (0, None, None)
    assert told.agents == {}


def test_agents_are_counted_by_what_they_do(world: World) -> None:
    is_there(world, "a", Presence.AVAILABLE)
    is_there(world, "b", Presence.AVAILABLE, busy=True)
    is_there(world, "c", Presence.AVAILABLE, asleep=True)
    is_there(world, "d", Presence.MEAL)
    is_there(world, "e", Presence.BREAK, busy=True)
    is_there(world, "f", Presence.OFFLINE)

    assert seen(world).agents == {"idle": 1, "interacting": 2, "not_responding": 1, "meal": 1}


def test_the_days_figures_are_those_of_the_report_in_the_centres_zone(world: World) -> None:
    count(world, a_fact("Assigned"), a_fact("SurveyAnswered", seq=2))

    told = seen(world)

    report = totals(figures_of(world.store, "2026-03-02"))
    assert (str(told.day), told.zone) == ("2026-03-02", "Asia/Seoul")
    assert told.totals == {name: report[name] for name in told.totals}
    assert told.totals["contacts_handled"] == 1
    main = next(one for one in told.queues if one.queue == "main")
    assert (main.numbers["contacts_handled"], main.numbers["service_level_answered"]) == (1, 100.0)


def test_nothing_of_a_customer_or_an_agent_stands_on_a_wall(world: World) -> None:
    waits(world, "main", 30)
    is_there(world, "an-agent", Presence.AVAILABLE, busy=True)
    count(world, a_fact("Assigned"))

    text = json.dumps(codec.plain(seen(world)))

    assert [
        word for word in ("secret-customer", "k1", "an-agent", "Name of", "i30", "c2") if word in text
    ] == []


def test_a_wall_that_asks_again_at_once_reads_the_days_figures_no_more(world: World) -> None:
    world.store = store = CountingStore()
    see = SeeWall(store, world.now)
    see()
    first = store.asked["find"]
    store.forget()

    see()

    assert first - store.asked["find"] == len(SHARDS)
    count(world, a_fact("Assigned"))
    world.clock.advance(COUNTED_EVERY.total_seconds())
    assert see().totals["contacts_handled"] == 1


def test_each_agents_day_is_derived_by_the_formulas_of_the_report(world: World) -> None:
    world.store.commit(Put(Agent("one", "김상담", "main", 1)))
    count(world, a_fact("Assigned"), a_fact("Assigned", seq=2, agent="gone"), a_fact("OfferMade", seq=3))

    told = SeeAgents(world.store, world.settings)(NOW.date())

    assert [(one.id, one.name) for one in told.items] == [("gone", ""), ("one", "김상담")]
    for one in told.items:
        theirs = totals(f for f in figures_of(world.store, "2026-03-02") if f.agent == one.id)
        assert one.numbers == {name: theirs[name] for name in SHOWN}
