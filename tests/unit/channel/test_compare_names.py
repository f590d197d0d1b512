"""What was handled and never counted is found by name, once, in the day in which it was accepted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from functions.reconciler import app
from infra.twins.world import World
from shared.domain.change import Add, Ref
from shared.domain.channel.named import Named
from shared.domain.channel.receipt import Compared, Mark, Outcome, Tally
from shared.domain.errors import TryAgain
from shared.edge import wiring
from shared.use_cases.report.compare_names import CompareNames
from shared.use_cases.report.read_ledger import ReadLedger

NOW = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)
DAY = date(2026, 3, 3)


class TimedJournal:
    """Lines with the moment they were written at, as the log has them."""

    def __init__(self) -> None:
        self.counted: list[tuple[datetime, str]] = []
        self.done: list[tuple[datetime, Named]] = []
        self.asked: list[tuple[datetime, datetime]] = []
        self.silent = False

    def accepted(self, begin: datetime, end: datetime) -> list[Named]:
        self.asked.append((begin, end))
        return [Named("sms", name, at) for at, name in self.counted if begin <= at < end]

    def settled(self, begin: datetime, end: datetime) -> list[Named]:
        if self.silent:
            raise TryAgain("the log did not answer")
        return [named for at, named in self.done if begin <= at < end]


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.now = NOW
    return world


@pytest.fixture
def journal() -> TimedJournal:
    return TimedJournal()


def compare(world: World, journal: Any) -> CompareNames:
    return CompareNames(world.store, journal, world.settings, world.clock)


def marks(world: World, day: date = DAY) -> list[str]:
    return [mark.acceptance for mark in world.store.find(Mark, str(day))]


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def handled(journal: TimedJournal, name: str, accepted: datetime, after: timedelta = timedelta(0)) -> None:
    journal.done.append((accepted + after, Named("sms", name, accepted)))


def test_what_no_door_counted_is_marked_and_what_one_counted_is_not(
    world: World, journal: TimedJournal
) -> None:
    journal.counted.append((ago(minutes=30), "COUNTED"))
    handled(journal, "COUNTED", ago(minutes=30))
    handled(journal, "NEVER", ago(minutes=30))

    assert compare(world, journal)() == 1

    (mark,) = world.store.find(Mark, str(DAY))
    assert (mark.channel, mark.outcome, mark.acceptance) == ("sms", Outcome.NEVER_COUNTED, "NEVER")
    assert mark.reason == "counted_by_no_door"


def test_the_same_name_of_another_channel_counts_for_nothing(world: World, journal: TimedJournal) -> None:
    journal.counted.append((ago(minutes=30), "ONE"))
    journal.done.append((ago(minutes=30), Named("chat", "ONE", ago(minutes=30))))

    assert compare(world, journal)() == 1


def test_what_is_settled_again_and_again_is_marked_once(world: World, journal: TimedJournal) -> None:
    for after in (0, 1, 70):
        handled(journal, "NEVER", ago(hours=3), timedelta(minutes=after))

    compare(world, journal)()

    assert marks(world) == ["NEVER"]


def test_it_goes_on_where_it_stopped(world: World, journal: TimedJournal) -> None:
    compare(world, journal)()
    begun = len(journal.asked)
    world.clock.now += timedelta(hours=1)
    handled(journal, "NEVER", NOW)

    assert compare(world, journal)() == 1
    assert len(journal.asked) - begun == 1
    assert world.store.get(Ref(Compared)) == Compared(NOW + timedelta(minutes=55))


def test_it_ends_between_two_spans_when_there_is_no_time_left(world: World, journal: TimedJournal) -> None:
    enough = iter((False, True))

    compare(world, journal)(lambda: next(enough))

    assert world.store.get(Ref(Compared)) == Compared(ago(hours=23))


def test_lines_of_the_last_minutes_are_left_to_the_next_time(world: World, journal: TimedJournal) -> None:
    handled(journal, "PERHAPS", ago(minutes=2))

    assert compare(world, journal)() == 0
    assert [mark.acceptance for mark in compare(world, journal).open()] == ["PERHAPS"]
    assert marks(world) == []


def test_a_door_that_counted_just_before_the_span_has_counted(world: World, journal: TimedJournal) -> None:
    """Accepted in one hour and handled in the next."""
    edge = ago(hours=23)
    journal.counted.append((edge - timedelta(seconds=1), "ONE"))
    journal.done.append((edge + timedelta(seconds=1), Named("sms", "ONE", edge - timedelta(minutes=1))))

    assert compare(world, journal)() == 0


def test_what_comes_out_of_the_dead_letters_is_looked_up_where_it_was_accepted(
    world: World, journal: TimedJournal
) -> None:
    two_days_ago = ago(days=2)
    journal.counted.append((two_days_ago + timedelta(seconds=20), "COUNTED"))
    handled(journal, "COUNTED", two_days_ago, timedelta(days=2, minutes=-30))
    handled(journal, "NEVER", two_days_ago, timedelta(days=2, minutes=-30))

    assert compare(world, journal)() == 1
    assert marks(world, DAY - timedelta(days=2)) == ["NEVER"]


def test_of_what_was_accepted_before_the_logs_memory_nothing_is_said(
    world: World, journal: TimedJournal
) -> None:
    handled(journal, "OLD", ago(days=9), timedelta(days=9, minutes=-30))

    assert compare(world, journal)() == 0


def test_an_event_at_midnight_belongs_to_the_day_of_its_acceptance(
    world: World, journal: TimedJournal
) -> None:
    last_minute = datetime(2026, 3, 2, 14, 59, tzinfo=UTC)  # 23:59 in Seoul
    handled(journal, "NEVER", last_minute, timedelta(minutes=2))

    compare(world, journal)()

    assert (marks(world, date(2026, 3, 2)), marks(world)) == (["NEVER"], [])


def test_a_log_that_does_not_answer_passes_nothing(world: World, journal: TimedJournal) -> None:
    journal.silent = True

    with pytest.raises(TryAgain):
        compare(world, journal)()

    assert world.store.get(Ref(Compared)) is None


def test_the_reconciler_tells_apart_what_is_lost_before_it_counts_it(world: World) -> None:
    """Six lost and six never counted have the same sum as nothing at all."""
    world.clock.now = NOW + timedelta(days=1)
    wiring.use(world.ports())
    names = [f"COUNTED{n}" for n in range(10)]
    world.meter.count("Accepted", 10, names, channel="sms")
    world.meter.settled("sms", NOW, [*names[:4], *(f"NEVER{n}" for n in range(6))])
    world.store.commit(Add(Tally(str(DAY), "sms"), {"handled": 10}))

    assert app.handler({}, None)["difference"] == 6

    (line,) = ReadLedger(world.store, world.witness, world.settings)(DAY).lines
    assert (line.never_counted, line.difference) == (6, 6)
