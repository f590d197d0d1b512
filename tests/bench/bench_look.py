"""CPU of a look that offers to ten freed agents, against the same requests of the store with nothing around.

The store is the twin in memory for both: what a look itself costs stands out, and no network is waited for.
"""

from collections.abc import Callable
from statistics import median
from typing import Any

from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.roster import EVERYTHING
from shared.domain.staffing import Member
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.sweep_pool import SweepPool
from tests.bench.measure import ratio, taking_turns, tell, within
from tests.support.crowd import comes, crowd, logins, waits

FREED, WAITING = 10, 200
LIMIT = 6.0


class Told(MemoryStore):
    """Remembers what it was asked, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def find(self, *of: Any, **how: Any) -> Any:
        self.calls.append(("find", of, how))
        return super().find(*of, **how)

    def get_all(self, *of: Any, **how: Any) -> Any:
        self.calls.append(("get_all", of, how))
        return super().get_all(*of, **how)

    def commit(self, *of: Any) -> None:
        self.calls.append(("commit", of, {}))
        super().commit(*of)


def bench_a_look_that_offers_to_ten() -> None:
    world, before = _pool()
    runs = {"ours": _look(world, before), "floor": _bare(world, before)}

    told = taking_turns(runs, repeats=2)

    each = {name: median(seconds) / FREED * 1e6 for name, seconds in told.items()}
    rows = [f"| {each['ours']:,.0f} | {each['floor']:,.0f} | {ratio(told['ours'], told['floor']):.1f} |"]
    head = "| us of CPU an offer, ten in a look | the store's requests alone | ratio |"
    tell("look", "\n".join((head, "| --- | --- | --- |", *rows)) + "\n")
    within("a look that offers to ten", ratio(told["ours"], told["floor"]), LIMIT)


def _pool() -> tuple[World, dict[Any, Any]]:
    """Ten who were just freed, and two hundred who wait and are known to."""
    world = crowd(Centre(), [Member(login, EVERYTHING) for login in logins(FREED)], MemoryStore())
    for n in range(WAITING):
        waits(world, n)
    AssignWaiting(world.store, world.now)("main", SweepPool(world.store, world.now)("main"))
    for n, login in enumerate(logins(FREED)):
        comes(world, n, login)
    return world, dict(world.store.items)


def _again(store: MemoryStore, items: dict[Any, Any]) -> None:
    store.items = dict(items)
    store.stream, store.changes, store.commits = [], [], []


def _look(world: World, items: dict[Any, Any]) -> Callable[[], object]:
    def run() -> None:
        _again(world.store, items)
        assert AssignWaiting(world.store, world.now)("main") == FREED

    return run


def _bare(world: World, items: dict[Any, Any]) -> Callable[[], object]:
    """The requests of such a look, as they were made once."""
    told = Told()
    _again(told, items)
    AssignWaiting(told, world.now)("main")
    calls = list(told.calls)
    plain = MemoryStore()

    def run() -> None:
        _again(plain, items)
        for name, of, how in calls:
            getattr(plain, name)(*of, **how)

    return run
