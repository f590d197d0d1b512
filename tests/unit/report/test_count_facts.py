"""Each fact counts once, whatever is redelivered, shuffled or cut in half by a crash."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from infra.twins.files import MemoryFiles
from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from shared.domain.change import Write
from shared.domain.channel.receipt import Tally
from shared.domain.errors import Conflict, TryAgain
from shared.domain.report.count_fact import NOT_COUNTED
from shared.domain.report.figures import MEASURES, Figure, Folded
from shared.domain.report.formulas import add_up
from shared.domain.timeline.bus_facts import Fact
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.report.sum_shards import figures_of, tallies_of
from tests.support.facts import LEAST, NOON, a_fact

DAY = "2026-03-02"


class Crash(Exception):
    pass


class Reports:
    """A store and a bucket with the use case before them."""

    def __init__(self) -> None:
        self.store, self.files = MemoryStore(), MemoryFiles()
        self.count = CountFacts(self.store, self.files, FixedSettings())

    def figures(self) -> tuple[Figure, ...]:
        return figures_of(self.store, DAY)

    def tallies(self) -> tuple[Tally, ...]:
        return tallies_of(self.store, DAY)

    def lines(self) -> list[dict[str, object]]:
        bodies = [gzip.decompress(body).decode() for body in self.files.bodies.values()]
        return [json.loads(line) for body in bodies for line in body.splitlines()]


def crash(writes: tuple[Write, ...]) -> None:
    raise Crash


def some_facts(n: int) -> list[Fact]:
    names = [name for name in LEAST if name not in NOT_COUNTED]
    return [
        a_fact(
            names[i % len(names)],
            seq=i,
            at=NOON + timedelta(minutes=7 * (i % 30)),
            channel=("sms", "chat")[i % 2],
            customer_id=f"c{i % 5}",
        )
        for i in range(n)
    ]


def expected(facts: Sequence[Fact]) -> tuple[tuple[Figure, ...], tuple[Tally, ...]]:
    calm = Reports()
    for fact in facts:
        calm.count([fact])
    return calm.figures(), calm.tallies()


@settings(max_examples=30, deadline=None)
@given(some.data())
def test_replaying_every_batch_twice_shuffled_and_cut_by_crashes_changes_nothing(
    data: some.DataObject,
) -> None:
    facts = some_facts(data.draw(some.integers(1, 45), "facts"))
    shuffled = data.draw(some.permutations(facts + facts), "order")
    cuts = sorted(data.draw(some.sets(some.integers(0, len(shuffled)), max_size=6), "cuts"))
    reports = Reports()

    for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
        batch = shuffled[start:end]
        if data.draw(some.booleans(), "crash"):
            reports.store.before_commit = crash
            with pytest.raises(Crash):
                reports.count(batch)
                raise Crash  # the batch may have nothing to write
            reports.store.before_commit = None
        reports.count(batch)
        reports.count(batch)

    assert (reports.figures(), reports.tallies()) == expected(facts)
    assert {line["line"] for line in reports.lines()} == {f"{f.customer_id}.{f.seq}.{f.name}" for f in facts}


def test_a_crash_between_two_transactions_of_a_batch_counts_the_rest_later() -> None:
    facts, reports = some_facts(250), Reports()
    commits = 0

    def second_time(writes: tuple[Write, ...]) -> None:
        nonlocal commits
        commits += 1
        reports.store.before_commit = second_time
        if commits == 2:
            raise Crash

    reports.store.before_commit = second_time
    with pytest.raises(Crash):
        reports.count(facts)
    reports.store.before_commit = None

    done = reports.count(facts)

    assert 0 < done.counted < 250
    assert reports.figures() == expected(facts)[0]


def test_a_transaction_holds_at_most_100_actions() -> None:
    reports = Reports()

    reports.count(some_facts(400))

    assert max(len(writes) for writes in reports.store.commits) <= 100
    assert len(reports.store.commits) <= 8


def test_a_lost_race_is_decided_again_at_once() -> None:
    reports = Reports()
    reports.store.before_commit = lambda writes: (_ for _ in ()).throw(Conflict())

    done = reports.count(some_facts(3))

    assert done.counted == 3


def test_a_race_lost_for_good_lets_the_batch_come_again() -> None:
    reports = Reports()

    def always(writes: tuple[Write, ...]) -> None:
        reports.store.before_commit = always
        raise Conflict

    reports.store.before_commit = always

    with pytest.raises(TryAgain):
        reports.count(some_facts(1))


def test_a_hopeless_fact_does_not_hold_up_the_others() -> None:
    bad, good = a_fact("Assigned", queue_ms=None), a_fact("OptedOut", seq=2)
    reports = Reports()

    done = reports.count([bad, good])

    assert done.counted == 1
    assert [(fact, reason) for fact, reason in done.hopeless] == [(bad, "Assigned without a whole queue_ms")]
    assert add_up(reports.figures())["opted_out"] == 1


def test_a_fact_that_no_figure_is_made_of_is_kept_but_costs_no_write() -> None:
    reports = Reports()

    reports.count([replace(a_fact("OptedIn"), name="SomethingNewer", data={})])

    assert reports.store.items == {}
    assert [line["name"] for line in reports.lines()] == ["SomethingNewer"]


def test_a_batch_is_one_file_per_day_of_ids_and_measures() -> None:
    reports = Reports()

    reports.count(
        [a_fact("OptedIn"), a_fact("OptedIn", seq=2), a_fact("OptedOut", at=NOON + timedelta(days=1))]
    )

    assert [key.split("/")[:2] for key in reports.files.bodies] == [
        ["raw", "day=2026-03-02"],
        ["raw", "day=2026-03-03"],
    ]
    assert len(reports.lines()) == 3
    assert all(line["hour"] == 12 for line in reports.lines())


def test_the_marker_outlives_every_redelivery() -> None:
    reports = Reports()

    reports.count([a_fact("OptedIn")])

    (marker,) = [item for item in reports.store.items.values() if isinstance(item, Folded)]
    assert marker.expires_at - NOON == timedelta(days=40)


def test_an_empty_batch_does_nothing() -> None:
    reports = Reports()

    assert reports.count([]).counted == 0
    assert reports.files.bodies == {}


def test_figures_of_equal_facts_add_up() -> None:
    reports = Reports()

    reports.count([a_fact("MessageReceived", seq=n) for n in range(7)])

    assert reports.tallies() == (Tally(DAY, "sms", handled=7),)
    assert {k: v for k, v in add_up(reports.figures()).items() if v} == {"messages_received": 7}
    assert set(add_up(())) == set(MEASURES)


def test_ten_messages_of_an_hour_cost_one_transaction_of_twelve_actions_and_one_file() -> None:
    reports = Reports()

    reports.count([a_fact("MessageReceived", seq=n, customer_id=f"c{n}") for n in range(10)])

    assert [len(writes) for writes in reports.store.commits] == [12]
    assert len(reports.files.bodies) == 1
