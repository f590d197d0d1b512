"""What was stored and never counted is announced again: each fact looked at once, whatever interrupts it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from functions.reconciler import app
from infra.twins.world import World
from shared.domain.address.way import Way
from shared.domain.change import Put, Write
from shared.domain.errors import Malformed, TryAgain
from shared.domain.report.checkpoint import Checked, Checkpoint
from shared.domain.timeline.bus_facts import Fact, facts
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.edge import wiring
from shared.edge.deadline import deadline
from shared.use_cases.report.announce_uncounted import PARTS, AnnounceUncounted
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.report.see_check import SeeCheck

NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # 04:30 of the next day in Seoul
HOUR_AGO = NOW - timedelta(hours=1)
NIGHT = "2026-03-03"


class Crash(Exception):
    pass


class Interrupted:
    """Stands before a twin and dies at the call whose turn it is, before or after it did its work."""

    def __init__(self, twin: Any, fuse: Iterator[str]) -> None:
        self._twin, self._fuse = twin, fuse

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            step = next(self._fuse, "")
            if step == "before":
                raise Crash
            answer = getattr(self._twin, name)(*given, **named)
            if step == "after":
                raise Crash
            return answer

        return call


class Context:
    """Lambda's, with time for so many questions whether time is left."""

    def __init__(self, questions: int) -> None:
        self._left = questions

    def get_remaining_time_in_millis(self) -> int:
        self._left -= 1
        return 900_000 if self._left >= 0 else 1000


@pytest.fixture
def world() -> World:
    return a_world()


def a_world(page: int = 3) -> World:
    world = World()
    world.clock.now, world.census.size = NOW, page
    wiring.use(world.ports())
    return world


def an_entry(
    seq: int,
    at: datetime = HOUR_AGO,
    kind: Kind = Kind.OPTED_OUT,
    delivery: Delivery | None = None,
    of: str = "c1",
) -> Entry:
    return Entry(of, seq, f"e{seq}", at, kind, Audience.STAFF, "customer", Way("sms"), delivery=delivery)


def fill(world: World, number: int, counted: frozenset[int] = frozenset()) -> list[Fact]:
    """So many entries of many customers, of which some are counted; gives what was never counted."""
    entries = [an_entry(seq, of=f"c{seq % 17}") for seq in range(number)]
    for entry in entries:
        world.store.commit(Put(entry))
    CountFacts(world.store, world.files, world.settings)(
        [fact for seq in counted for fact in facts(entries[seq])]
    )
    return [fact for seq, entry in enumerate(entries) if seq not in counted for fact in facts(entry)]


def check(world: World, **instead: Any) -> AnnounceUncounted:
    at = {**world.twins(), **instead}
    names = ("store", "census", "outbox", "settings", "clock")
    return AnnounceUncounted(*(at[name] for name in names))


def names(found: list[Fact]) -> set[tuple[str, int, str]]:
    return {(fact.customer_id, fact.seq, fact.name) for fact in found}


# ---------------------------------------------------------------------- what it finds


def test_only_what_was_never_counted_is_announced_again(world: World) -> None:
    lost = fill(world, 2, frozenset({0}))

    done = check(world)(NIGHT)

    assert (done.facts, done.announced, done.finished) == (2, 1, True)
    assert world.outbox.facts == lost


def test_a_fact_that_the_bus_never_takes_holds_up_no_other(world: World) -> None:
    lost = fill(world, 3)

    class Bus:
        def announce(self, facts: list[Fact]) -> None:
            if lost[1] in facts:
                raise Malformed("the bus refused 1 facts")
            world.outbox.announce(facts)

    done = check(world, outbox=Bus())(NIGHT)

    assert (done.announced, done.finished) == (3, True)
    assert names(world.outbox.facts) == names([lost[0], lost[2]])


def test_what_is_young_old_or_no_figure_is_left_alone(world: World) -> None:
    world.store.commit(
        Put(an_entry(1, NOW - timedelta(minutes=5))),
        Put(an_entry(2, NOW - timedelta(days=3))),
        Put(an_entry(3, HOUR_AGO, Kind.NOTE_ADDED)),
        Put(an_entry(4, HOUR_AGO, Kind.AUDITED)),
    )

    assert check(world)(NIGHT).announced == 0


def test_a_failed_delivery_that_was_not_counted_is_announced_too(world: World) -> None:
    world.store.commit(Put(an_entry(1, HOUR_AGO, Kind.MESSAGE_SENT, Delivery.FAILED)))

    check(world)(NIGHT)

    assert [fact.name for fact in world.outbox.facts] == ["MessageSent", "DeliveryFailed"]


def test_announced_again_and_counted_the_next_nights_check_finds_nothing(world: World) -> None:
    fill(world, 1)
    check(world)(NIGHT)
    CountFacts(world.store, world.files, world.settings)(world.outbox.facts)

    assert check(world)("2026-03-04").announced == 0


def test_more_facts_than_one_batch_read_takes_are_looked_at(world: World) -> None:
    world.census.size = 1000
    for seq in range(250):
        world.store.commit(Put(an_entry(seq)))

    assert check(world)(NIGHT).announced == 250


# ---------------------------------------------------------------------- interrupted and taken up again


@settings(max_examples=150, deadline=None)
@given(some.data())
def test_whatever_dies_at_whatever_step_the_runs_find_what_one_go_finds(data: some.DataObject) -> None:
    number = data.draw(some.integers(0, 60), "entries")
    counted = data.draw(some.frozensets(some.integers(0, max(number - 1, 0)), max_size=number), "counted")
    world = a_world(page=data.draw(some.integers(1, 12), "page"))
    lost = fill(world, number, frozenset(n for n in counted if n < number))
    calm = a_world(page=1000)
    fill(calm, number, frozenset(n for n in counted if n < number))
    steps = data.draw(some.lists(some.sampled_from(["", "", "", "before", "after"]), max_size=60), "steps")
    fuse = iter(steps)
    broken = check(
        world, **{name: Interrupted(getattr(world, name), fuse) for name in ("store", "census", "outbox")}
    )

    for _ in range(len(steps) + 1):
        try:
            done = broken(NIGHT)
        except Crash:
            continue
        break

    assert done == check(calm)(NIGHT) == Checked(NIGHT, number, len(lost), PARTS, 0, True)
    assert names(world.outbox.facts) == names(lost)


@pytest.mark.parametrize("questions", [0, 1, 2, 7, 40])
def test_runs_that_are_short_of_time_go_on_where_the_last_one_stopped(world: World, questions: int) -> None:
    lost = fill(world, 120)
    looked: list[int] = []

    for _ in range(200):
        context = Context(questions + 1)
        done = check(world)(NIGHT, deadline(context, 1001))
        looked.append(done.facts)
        if done.finished:
            break

    assert (done.facts, done.announced, done.left) == (120, 120, 0)
    assert looked == sorted(looked)
    assert [(fact.customer_id, fact.seq) for fact in world.outbox.facts].count(("c1", 1)) == 1
    assert len(world.outbox.facts) == len(lost)


def test_a_finished_run_reads_nothing_again(world: World) -> None:
    fill(world, 10)
    first = check(world)(NIGHT)

    again = check(world, census=Interrupted(world.census, iter(["", "before"])))(NIGHT)

    assert again == first


def test_a_run_that_goes_on_later_looks_at_the_span_it_began_with(world: World) -> None:
    check(world)(NIGHT, lambda: True)
    world.store.commit(Put(an_entry(1, NOW + timedelta(minutes=10))))
    world.clock.now = NOW + timedelta(hours=1)

    done = check(world)(NIGHT)

    assert (done.facts, done.finished) == (0, True)


def test_of_two_runs_at_the_same_page_one_passes_it(world: World) -> None:
    fill(world, 100)
    other = check(world)

    def meanwhile(writes: tuple[Write, ...]) -> None:
        other(NIGHT)

    check(world)(NIGHT, lambda: True)
    world.store.before_commit = meanwhile
    done = check(world)(NIGHT)

    assert (done.facts, done.finished) == (100, True)


def test_two_runs_that_begin_at_once_are_one(world: World) -> None:
    fill(world, 10)

    def meanwhile(writes: tuple[Write, ...]) -> None:
        check(world)(NIGHT)

    world.store.before_commit = meanwhile
    done = check(world)(NIGHT)

    assert (done.facts, done.parts, done.finished) == (10, PARTS, True)


# ---------------------------------------------------------------------- the function


def test_each_hour_goes_on_with_the_nights_check_until_it_is_done(world: World) -> None:
    fill(world, 60)

    first = app.handler({}, Context(5))
    world.clock.now += timedelta(hours=1)
    second = app.handler({}, None)
    world.clock.now += timedelta(hours=1)
    third = app.handler({}, None)

    assert (first["run"], first["finished"]) == (NIGHT, False)
    assert (second["run"], second["facts"], second["announced"], second["finished"]) == (NIGHT, 60, 60, True)
    assert third == second
    assert world.meter.total("AnnouncedAgain") == 60


def test_before_four_the_check_is_that_of_the_night_before(world: World) -> None:
    world.clock.now = NOW - timedelta(hours=1)

    assert app.handler({}, None)["run"] == "2026-03-02"


def test_a_check_that_is_not_done_within_its_day_fails_so_that_the_dead_letters_tell(world: World) -> None:
    fill(world, 60)
    app.handler({}, Context(3))
    world.clock.now = NOW + timedelta(hours=23)

    with pytest.raises(TryAgain):
        app.handler({}, Context(3))

    assert not SeeCheck(world.store).run(NIGHT).finished


def test_a_check_asked_for_is_a_run_of_its_own_which_can_be_gone_on_with(world: World) -> None:
    fill(world, 60)
    app.handler({}, None)

    begun = app.handler({"check": True}, Context(3))
    done = app.handler({"check": begun["run"]}, None)

    assert (begun["run"], begun["finished"]) == ("2026-03-02T19:30:00.000Z", False)
    assert (done["run"], done["facts"], done["finished"]) == (begun["run"], 60, True)


def test_the_ledgers_readers_see_the_check_of_the_night_after_the_day(world: World) -> None:
    see = SeeCheck(world.store)
    day = datetime(2026, 3, 2, tzinfo=UTC).date()

    assert see.of_day(day) is None
    check(world)("2026-03-02")
    assert see.of_day(day) == Checked("2026-03-02", 0, 0, PARTS, 0, True)
    check(world)(NIGHT, lambda: True)
    assert see.of_day(day) == Checked(NIGHT, 0, 0, PARTS, PARTS, False)


def test_checkpoints_end_of_themselves(world: World) -> None:
    check(world)(NIGHT)

    assert {part.expires_at for part in world.store.find(Checkpoint, NIGHT)} == {NOW + timedelta(days=40)}
