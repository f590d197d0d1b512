"""One look for all wakes of a pool in a batch."""

from typing import Any

import pytest

from functions.assigner import app
from infra.twins.world import World
from shared.adapters import codec
from shared.domain.channel.commands import Wake
from shared.domain.errors import TryAgain
from shared.domain.routing.seats import Open, OpenClass
from shared.edge import wiring
from tests.support.counting_store import CountingStore
from tests.support.sqs import batch, failures, record


@pytest.fixture
def store() -> CountingStore:
    world = World(store=CountingStore())
    wiring.use(world.ports())
    assert isinstance(world.store, CountingStore)
    return world.store


def woken(*wakes: Wake) -> dict[str, Any]:
    return batch(*(record(f"m{n}", codec.encode(wake), group=wake.pool) for n, wake in enumerate(wakes)))


def test_several_wakes_of_a_pool_are_one_look_that_is_told_of_all(store: CountingStore) -> None:
    answer = app.handler(woken(*(Wake("main", "main", f"sms+s{n}.1", "rank") for n in range(9))), None)

    assert failures(answer) == []
    assert store.asked == {"find": 1, "commit": 1}
    (opened,) = store.items.values()
    assert isinstance(opened, Open) and len(opened.classes) == 9


def test_each_pool_is_looked_at(store: CountingStore) -> None:
    app.handler(woken(Wake("main"), Wake("sellers"), Wake("main")), None)

    assert store.asked["find"] == 2


def test_a_wake_of_the_release_before_is_understood(store: CountingStore) -> None:
    answer = app.handler(batch(record("m1", '{"pool":"main","v":1}', group="main")), None)

    assert failures(answer) == []
    assert store.asked["find"] == 1


def test_what_cannot_be_read_keeps_no_pool_from_its_look(store: CountingStore) -> None:
    wake = record("m2", codec.encode(Wake("main", "main", "sms", "rank")), group="main")

    answer = app.handler(batch(record("m1", "{", group="main"), wake), None)

    assert failures(answer) == []
    assert Open("main", (OpenClass("main", "sms", "rank"),), 1) in store.items.values()


def test_where_a_look_fails_all_wakes_of_its_pool_come_again(
    store: CountingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*given: object, **told: object) -> None:
        raise TryAgain("the table does not answer")

    monkeypatch.setattr(store, "find", refuses)

    assert failures(app.handler(woken(Wake("main"), Wake("main")), None)) == ["m0", "m1"]
