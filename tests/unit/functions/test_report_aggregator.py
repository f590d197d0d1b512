"""The aggregator's edge: bus events in SQS records, partial answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from functions.report_aggregator import app
from infra.twins.world import World
from shared.adapters.bus import detail
from shared.domain.errors import TryAgain
from shared.domain.report.formulas import add_up
from shared.domain.timeline.bus_facts import Fact
from shared.edge import wiring
from shared.edge.bus import fact_of
from shared.use_cases.report.sum_shards import figures_of
from tests.support.facts import a_fact


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    wiring.use(world.ports())
    yield world
    wiring.reset()


def bus_event(fact: Fact) -> str:
    return json.dumps({"source": "patchbay", "detail-type": fact.name, "detail": detail(fact)})


def batch(*bodies: str) -> dict[str, Any]:
    return {"Records": [{"messageId": str(i), "body": body} for i, body in enumerate(bodies)]}


def test_what_the_publisher_announces_is_what_the_aggregator_reads() -> None:
    fact = a_fact("CaseClosed")

    assert fact_of(bus_event(fact)) == fact


def test_a_batch_becomes_figures(world: World) -> None:
    answer = app.handler(batch(bus_event(a_fact("OptedIn")), bus_event(a_fact("OptedOut", seq=2))), None)

    assert answer == {"batchItemFailures": []}
    sums = add_up(figures_of(world.store, "2026-03-02"))
    assert (sums["opted_in"], sums["opted_out"]) == (1, 1)


def test_only_what_nobody_can_count_fails(world: World) -> None:
    good, bad = bus_event(a_fact("OptedIn")), bus_event(a_fact("Assigned", seq=2, queue_ms=None))

    answer = app.handler(batch("no json", good, bad, '{"detail": 7}'), None)

    failed = sorted(item["itemIdentifier"] for item in answer["batchItemFailures"])
    assert failed == ["0", "2", "3"]
    assert add_up(figures_of(world.store, "2026-03-02"))["opted_in"] == 1


def test_a_table_that_does_not_answer_lets_the_whole_batch_come_again(world: World) -> None:
    def down(writes: Any) -> None:
        raise TryAgain("the table did not answer")

    world.store.before_commit = down
    event = batch(bus_event(a_fact("OptedIn")))

    assert app.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert app.handler(event, None) == {"batchItemFailures": []}
    assert add_up(figures_of(world.store, "2026-03-02"))["opted_in"] == 1
