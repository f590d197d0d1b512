"""A save makes a version; a stale one, or one that leaves somebody behind, changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.twins.world import World
from shared.adapters.centre import StoredSettings
from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import Put, Ref
from shared.domain.errors import Conflict, Refused
from shared.domain.queue import Need, Queue
from shared.domain.routing.pool import Waiting, rank
from shared.domain.routing.staff import Heartbeat
from shared.domain.settings.document import Document
from shared.domain.settings.weight import MOST_OF_ALL, weight
from shared.domain.staffing import MEMBERS_A_PART, Member, Profile, Skill, StaffPart
from shared.domain.template import Template
from shared.use_cases.configure import KEPT, Author, NotApplied
from shared.use_cases.settings.versions import Versions
from tests.support.configured import configure_of
from tests.support.flows import WELCOME
from tests.support.teahouse import teahouse, with_queue

AT = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
BOSS = Author("agent:boss", "Boss")


def named(name: str) -> Document:
    return Document(Centre(name=name))


def staffed(count: int) -> Document:
    """Settings with so many agents."""
    members = tuple(Member(f"agent{n}@example.test", "all", (Need("english", 3),)) for n in range(count))
    centre = Centre(skills=(Skill("english"),), profiles=(Profile("all", ("main",)),))
    return Document(centre, members=members)


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.now = AT
    return world


def waits(world: World, queue: str, name: str = "i1", pool: str = "main") -> None:
    world.store.commit(Put(Waiting(pool, queue, rank(AT, 5), name, "c1", "k1", "sms", AT, 5)))


def test_a_version_says_when_it_was_written_by_whom_and_what_became_other(world: World) -> None:
    configure = configure_of(world)
    configure(named("One"))

    n = configure(named("Two"), based_on=1, author=BOSS)

    config = world.store.get(Ref(Config, n))
    assert config and (config.n, config.at, config.by, config.name) == (2, AT, "agent:boss", "Boss")
    assert [(one.field, one.before, one.after) for one in config.changes] == [("name", "One", "Two")]
    assert config.changed == 1


def test_a_version_keeps_the_first_differences_and_the_number_of_all(world: World) -> None:
    configure = configure_of(world)
    configure(Document())
    skills = tuple(Skill(f"s{n}") for n in range(KEPT + 5))

    config = world.store.get(Ref(Config, configure(Document(Centre(skills=skills)))))

    assert config and (len(config.changes), config.changed) == (KEPT, KEPT + 5)


def test_the_whole_document_is_read_back_with_agents_in_parts_of_five_hundred(world: World) -> None:
    template = Template("pager", "order", "ko", "utility", "{{1}}", ("number",))
    told = replace(staffed(2 * MEMBERS_A_PART + 1), templates=(template,), flows=(WELCOME,))

    n = configure_of(world)(told)

    assert Versions(world.store).current().document == told
    parts = [world.store.get(Ref(StaffPart, n, k)) for k in range(4)]
    assert [part and len(part.members) for part in parts] == [500, 500, 1, None]


def test_a_save_that_began_from_an_older_version_is_refused_with_what_changed_meanwhile(world: World) -> None:
    configure = configure_of(world)
    configure(named("One"))
    configure(named("Two"), based_on=1)

    with pytest.raises(NotApplied) as refused:
        configure(named("Three"), based_on=1)

    assert (refused.value.code, refused.value.status) == ("stale_settings", 409)
    assert [(one.before, one.after) for one in refused.value.outlook.meanwhile] == [("One", "Two")]
    assert Versions(world.store).current().n == 2


def test_the_same_save_twice_is_one_version_also_when_the_second_one_is_stale(world: World) -> None:
    configure = configure_of(world)
    configure(named("One"))

    assert [configure(named("Two"), based_on=1), configure(named("Two"), based_on=1)] == [2, 2]


def test_a_save_without_a_version_to_begin_from_goes_over_whatever_holds(world: World) -> None:
    configure = configure_of(world)

    assert [configure(named(name)) for name in ("One", "Two", "Three")] == [1, 2, 3]


def test_a_version_that_never_was_is_no_version_to_begin_from(world: World) -> None:
    with pytest.raises(Refused, match="no version 9") as refused:
        configure_of(world)(named("One"), based_on=9)

    assert (refused.value.code, refused.value.status) == ("no_version", 404)


def test_of_two_saves_at_once_the_second_one_is_stale(world: World) -> None:
    """Both read version 1; the first one is written between the reads and the write of the second."""
    configure = configure_of(world)
    configure(named("One"))
    commit, first = world.store.commit, [True]

    def late(*writes: object) -> None:
        if first.pop() if first else False:
            configure_of(world)(named("Faster"), based_on=1)
        commit(*writes)  # type: ignore[arg-type]

    world.store.commit = late  # type: ignore[method-assign]
    with pytest.raises((NotApplied, Conflict)) as refused:
        configure(named("Slower"), based_on=1)

    assert isinstance(refused.value, NotApplied) and refused.value.code == "stale_settings"
    assert Versions(world.store).current().document == named("Faster")


def test_what_is_wrong_is_not_written(world: World, tmp_path: Path) -> None:
    told = with_queue(teahouse(tmp_path), 0, priority=12)

    with pytest.raises(NotApplied, match="The value is 12") as refused:
        configure_of(world)(told)

    assert (refused.value.code, refused.value.status) == ("wrong_settings", 422)
    assert world.store.get(Ref(ConfigPointer)) is None


def test_a_look_tells_what_a_save_would_do_and_writes_nothing(world: World, tmp_path: Path) -> None:
    configure = configure_of(world)
    configure(named("One"))
    before = dict(world.store.items)

    outlook = configure.look(named("Two"), based_on=1)

    assert (outlook.n, outlook.problems, outlook.meanwhile) == (1, (), ())
    assert [one.after for one in outlook.differences] == ["Two"]
    assert world.store.items == before


def test_rolling_back_writes_a_new_version_that_names_the_old_one(world: World) -> None:
    configure = configure_of(world)
    configure(replace(named("One"), flows=(WELCOME,)))
    configure(staffed(3), author=BOSS)

    n = configure.roll_back(1, based_on=2, author=BOSS)

    config = world.store.get(Ref(Config, n))
    assert config and (n, config.of, config.by) == (3, 1, "agent:boss")
    assert Versions(world.store).current().document == replace(named("One"), flows=(WELCOME,))
    assert Versions(world.store).of(2).document == staffed(3)


def test_rolling_back_to_what_holds_makes_no_version(world: World) -> None:
    configure = configure_of(world)
    configure(named("One"))

    assert configure.roll_back(1) == 1


def test_the_history_begins_with_what_holds_and_counts_above_nine(world: World) -> None:
    configure = configure_of(world)
    for n in range(12):
        configure(named(f"Name {n}"))

    assert [config.n for config in Versions(world.store).history(4)] == [12, 11, 10, 9]


TWO = Document(Centre(queues=(Queue(), Queue("old"))))
LEFT: dict[str, tuple[Callable[[World], None], Document, str]] = {
    "a queue with contacts that is taken away": (lambda w: waits(w, "old"), Document(), "queue_waits"),
    "a queue with contacts that moves to another pool": (
        lambda w: waits(w, "old"),
        Document(Centre(queues=(Queue(), Queue("old", "other")))),
        "queue_moves",
    ),
    "a successor in another pool": (
        lambda w: waits(w, "old"),
        Document(Centre(queues=(Queue(), Queue("new", "other", succeeds=("old",))))),
        "queue_moves",
    ),
    "a pool with agents": (
        lambda w: w.store.commit(Put(Heartbeat("main", "a1", AT, AT))),
        Document(Centre(queues=(Queue(pool="other"),))),
        "pool_works",
    ),
}


@pytest.mark.parametrize("label", LEFT)
def test_nobody_is_left_where_none_looks_any_more(label: str, world: World) -> None:
    somebody, told, code = LEFT[label]
    configure_of(world)(TWO)
    somebody(world)

    with pytest.raises(NotApplied) as refused:
        configure_of(world)(told)

    assert [one.code for one in refused.value.outlook.problems] == [code]
    assert (refused.value.code, refused.value.status) == ("pool_in_use", 409)


@pytest.mark.parametrize(("waiting", "said"), [(1, "(1)"), (3, "(3)"), (101, "(100+)")])
def test_the_refusal_says_how_many_wait(waiting: int, said: str, world: World) -> None:
    configure_of(world)(TWO)
    for n in range(waiting):
        waits(world, "old", f"I{n}")

    with pytest.raises(NotApplied) as refused:
        configure_of(world)(Document())

    assert f"wait in the queue old {said}" in str(refused.value)


@pytest.mark.parametrize("waiting", [True, False])
def test_a_queue_is_taken_away_when_another_one_succeeds_it_or_when_it_is_empty(
    waiting: bool, world: World
) -> None:
    configure_of(world)(TWO)
    if waiting:
        waits(world, "old")
    succeeds = ("old",) if waiting else ()

    assert configure_of(world)(Document(Centre(queues=(Queue(succeeds=succeeds),)))) == 2


def test_public_holidays_are_worked_out_with_each_save_and_the_next_year_makes_a_new_version(
    world: World, tmp_path: Path
) -> None:
    configure, told = configure_of(world), teahouse(tmp_path)
    configure(told)
    settings = StoredSettings(lambda: world.store, world.clock)

    assert "2031-10-03" in settings.centre().hours.closed
    assert configure(told) == 1
    world.clock.now = AT.replace(year=2027)
    assert configure(told) == 2


def test_ten_thousand_agents_fit_and_forty_thousand_do_not(world: World) -> None:
    assert configure_of(world)(staffed(10_000)) == 1

    with pytest.raises(NotApplied, match="too long: all together"):
        configure_of(world)(staffed(45_000))


def test_the_weight_of_settings_is_never_below_what_is_stored(tmp_path: Path) -> None:
    from shared.adapters.table import to_image

    told = teahouse(tmp_path)
    stored = to_image(Config(1, told.centre))["centre"]["S"]

    assert len(stored.encode()) <= weight(told.centre) < MOST_OF_ALL
