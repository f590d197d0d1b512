"""Accepted = handled + ignored + rejected + duplicates + delivery states + waiting, per channel and day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.reconciler import app
from infra.twins.world import World
from shared.domain.address.way import Way
from shared.domain.change import Add, Put
from shared.domain.channel.ledger import Ledger, balance
from shared.domain.channel.receipt import Mark, Outcome, Tally
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.edge import wiring
from shared.use_cases.report.announce_uncounted import AnnounceUncounted
from shared.use_cases.report.count_facts import CountFacts
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


def an_entry(seq: int, at: datetime, kind: Kind = Kind.OPTED_OUT, delivery: Delivery | None = None) -> Entry:
    return Entry("c1", seq, f"e{seq}", at, kind, Audience.STAFF, "customer", Way("sms"), delivery=delivery)


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


def test_an_event_no_door_counted_is_a_negative_difference() -> None:
    ledger = balance(DAY, {}, [Tally(str(DAY), "chat", handled=1)], [], 5)

    assert lines(ledger) == [("chat", 0, -1)]


def test_the_ledger_is_read_from_table_meter_and_queues(world: World) -> None:
    world.meter.count("Accepted", 3, channel="sms", kind="event")
    world.meter.count("Accepted", 1, channel="sms", kind="state")
    world.store.commit(Add(Tally(str(DAY), "sms"), {"handled": 1, "delivery_states": 1}))
    world.store.commit(Put(a_mark(Outcome.IGNORED)))
    world.witness.lying = 1

    ledger = ReadLedger(world.store, world.witness, world.settings)(DAY)

    assert ledger.adds_up
    assert lines(ledger) == [("sms", 1, 0)]
    assert [mark.outcome for mark in ledger.marks] == [Outcome.IGNORED]


def check(world: World) -> AnnounceUncounted:
    return AnnounceUncounted(world.store, world.census, world.outbox, world.settings, world.clock)


def test_only_what_was_never_counted_is_announced_again(world: World) -> None:
    hour_ago = NOW - timedelta(hours=1)
    counted, lost = an_entry(1, hour_ago), an_entry(2, hour_ago)
    world.store.commit(Put(counted), Put(lost))
    CountFacts(world.store, world.files, world.settings)(facts(counted))

    done = check(world)()

    assert (done.facts, done.announced, done.finished) == (2, 1, True)
    assert world.outbox.facts == list(facts(lost))


def test_what_is_young_old_or_no_figure_is_left_alone(world: World) -> None:
    world.store.commit(
        Put(an_entry(1, NOW - timedelta(minutes=5))),
        Put(an_entry(2, NOW - timedelta(days=3))),
        Put(an_entry(3, NOW - timedelta(hours=1), Kind.NOTE_ADDED)),
        Put(an_entry(4, NOW - timedelta(hours=1), Kind.AUDITED)),
    )

    assert check(world)().announced == 0


def test_a_failed_delivery_that_was_not_counted_is_announced_too(world: World) -> None:
    world.store.commit(Put(an_entry(1, NOW - timedelta(hours=1), Kind.MESSAGE_SENT, Delivery.FAILED)))

    check(world)()

    assert [fact.name for fact in world.outbox.facts] == ["MessageSent", "DeliveryFailed"]


def test_the_check_stops_when_time_runs_out_and_says_so(world: World) -> None:
    for seq in range(1, 151):
        world.store.commit(Put(an_entry(seq, NOW - timedelta(hours=1))))

    done = check(world)(lambda: True)

    assert (done.announced, done.finished) == (100, False)


def test_announced_again_and_counted_a_second_check_finds_nothing(world: World) -> None:
    world.store.commit(Put(an_entry(1, NOW - timedelta(hours=1))))
    check(world)()
    CountFacts(world.store, world.files, world.settings)(world.outbox.facts)

    assert check(world)().announced == 0


def test_the_reconciler_reads_the_ledger_each_hour_and_the_table_at_night(world: World) -> None:
    world.store.commit(Put(an_entry(1, NOW - timedelta(hours=1))))
    world.meter.count("Accepted", 2, channel="sms", kind="event")

    night = app.handler({}, None)
    world.clock.now = NOW + timedelta(hours=1)
    morning = app.handler({}, None)

    assert night == {"day": "2026-03-02", "difference": 2, "facts": 1, "announced": 1, "finished": True}
    assert morning == {"day": "2026-03-02", "difference": 2}
    assert world.meter.total("LedgerDifference") == 4
