"""Accepted + never counted = all outcomes + waiting + lost, a channel and a day; neither hides the other."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.reconciler import app
from infra.twins.world import World
from shared.domain.change import Add, Put
from shared.domain.channel.ledger import Ledger, balance
from shared.domain.channel.receipt import Mark, Outcome, Tally
from shared.edge import wiring
from shared.use_cases.report.read_ledger import ReadLedger

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # 04:30 of the next day in Seoul


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.now = NOW
    wiring.use(world.ports())
    return world


def a_mark(outcome: Outcome, n: int = 1, channel: str = "sms") -> Mark:
    return Mark(str(DAY), channel, outcome, f"a{n}", f"e{n}", "why", NOW, NOW + timedelta(days=40))


def lines(ledger: Ledger) -> list[tuple[str, int, int]]:
    return [(line.channel, line.waiting, line.difference) for line in ledger.lines]


def test_a_day_adds_up_when_every_event_has_its_outcome() -> None:
    marks = [a_mark(Outcome.IGNORED), a_mark(Outcome.REJECTED, 2), a_mark(Outcome.DUPLICATE, 3)]

    ledger = balance(DAY, {"sms": 10}, [Tally(str(DAY), "sms", handled=5, delivery_states=2)], marks, 0)

    assert ledger.adds_up
    (line,) = ledger.lines
    assert (line.ignored, line.rejected, line.duplicates, line.difference) == (1, 1, 1, 0)


def test_what_waits_is_laid_against_who_misses_something() -> None:
    tallies = [Tally(str(DAY), "sms", handled=8), Tally(str(DAY), "chat", handled=3)]

    ledger = balance(DAY, {"sms": 10, "chat": 3}, tallies, [], 2)

    assert ledger.adds_up
    assert lines(ledger) == [("chat", 0, 0), ("sms", 2, 0)]


def test_what_waits_from_another_day_hides_nothing_and_spoils_nothing() -> None:
    ledger = balance(DAY, {"sms": 3}, [Tally(str(DAY), "sms", handled=3)], [], 7)

    assert ledger.adds_up
    assert (ledger.waiting, lines(ledger)) == (7, [("sms", 0, 0)])


def test_a_lost_event_is_a_difference() -> None:
    ledger = balance(DAY, {"sms": 4}, [Tally(str(DAY), "sms", handled=2)], [], 1)

    assert not ledger.adds_up
    assert lines(ledger) == [("sms", 1, 1)]


def test_an_event_that_no_door_counted_stands_apart_and_is_not_lost() -> None:
    ledger = balance(DAY, {}, [Tally(str(DAY), "chat", handled=1)], [], 5)

    assert (ledger.adds_up, ledger.never_counted, ledger.unnamed) == (True, 1, 1)
    assert lines(ledger) == [("chat", 0, 0)]


def test_what_no_door_counted_does_not_stand_in_for_what_is_lost() -> None:
    """Ten were counted and six of them are lost; six others were handled, so that the sums are equal."""
    never = [a_mark(Outcome.NEVER_COUNTED, n) for n in range(6)]

    ledger = balance(DAY, {"sms": 10}, [Tally(str(DAY), "sms", handled=10)], never, 0)

    (line,) = ledger.lines
    assert (line.never_counted, line.difference, ledger.adds_up, ledger.unnamed) == (6, 6, False, 0)


def test_a_line_adds_up_with_what_was_never_counted_on_the_side_of_the_accepted() -> None:
    marks = [a_mark(Outcome.NEVER_COUNTED), a_mark(Outcome.DUPLICATE, 2)]

    ledger = balance(DAY, {"sms": 5}, [Tally(str(DAY), "sms", handled=2)], marks, 1)

    (line,) = ledger.lines
    assert (
        line.accepted + line.never_counted == line.handled + line.duplicates + line.waiting + line.difference
    )
    assert (line.waiting, line.difference) == (1, 2)


def test_the_ledger_is_read_from_table_meter_and_queues(world: World) -> None:
    world.meter.count("Accepted", 3, channel="sms")
    world.meter.count("Accepted", 1, channel="sms")
    world.store.commit(Add(Tally(str(DAY), "sms"), {"handled": 1, "delivery_states": 1}))
    world.store.commit(Put(a_mark(Outcome.IGNORED)))
    world.witness.lying = 1

    ledger = ReadLedger(world.store, world.witness, world.settings)(DAY)

    assert ledger.adds_up
    assert lines(ledger) == [("sms", 1, 0)]
    assert [mark.outcome for mark in ledger.marks] == [Outcome.IGNORED]


def test_the_reconciler_reads_the_ledger_each_hour(world: World) -> None:
    world.meter.count("Accepted", 2, channel="sms")

    for _ in range(2):
        assert app.handler({}, None)["difference"] == 2
        world.clock.now += timedelta(hours=1)

    assert world.meter.total("LedgerDifference") == 4


def test_batches_that_the_publisher_left_in_the_bucket_are_counted_each_hour(world: World) -> None:
    world.clock.now = NOW + timedelta(hours=1)
    app.handler({}, None)
    none_yet = world.meter.total("LeftBehind")

    world.files.put("aws/lambda/1/shard/2026/03/02/batch", b"{}")
    app.handler({}, None)

    assert (none_yet, world.meter.total("LeftBehind")) == (0, 1)
