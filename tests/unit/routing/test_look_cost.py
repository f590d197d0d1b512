"""What a look asks of the table: it does not grow with the agents, nor with the customers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from infra.cost.units import chunks, item_size
from infra.twins.world import World
from shared.adapters.table import key
from shared.domain.centre import Centre
from shared.domain.change import Put, Ref, Write
from shared.domain.channel.commands import Wake
from shared.domain.customer.head import Head
from shared.domain.queue import Need, Queue
from shared.domain.routing.pool import class_of
from shared.domain.routing.seats import Bench
from shared.domain.staffing import SEATS, Member, Profile, Skill
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.sweep_pool import SweepPool
from tests.support.counting_store import CountingStore
from tests.support.crowd import agent_id, comes, crowd, logins, waits

QUEUES = replace(
    Centre(),
    queues=(Queue(), Queue("rare", needs=(Need("thai"),))),
    skills=(Skill("thai"),),
    profiles=(Profile("all", ("main", "rare")),),
)


def centre_of(agents: int, away: int = 0) -> World:
    """The last agents are away."""
    members = [Member(login, "all") for login in logins(agents)]
    world = crowd(QUEUES, members)
    for n, login in enumerate(logins(agents)[: agents - away]):
        comes(world, n, login)
    return world


def store_of(world: World) -> CountingStore:
    assert isinstance(world.store, CountingStore)
    return world.store


def look(world: World, *wakes: Wake) -> int:
    return AssignWaiting(world.store, world.now)("main", wakes)


def known(world: World) -> None:
    """The looks before have found out who waits."""
    look(world, *SweepPool(world.store, world.now)("main"))
    store_of(world).forget()


def begins(world: World, n: int, channel: str = "sms", needs: tuple[Need, ...] = ()) -> Wake:
    waits(world, n, channel, needs=needs)
    store_of(world).forget()
    return Wake("main", "main", class_of(channel, needs), "2026-01-05T09:00:00.000Z")


@pytest.mark.parametrize("agents", [10, 100, 1_000, 10_000])
def test_a_customer_who_comes_while_many_are_free_costs_at_most_nine_requests(agents: int) -> None:
    world = centre_of(agents)
    wake = begins(world, 1)

    assert look(world, wake) == 1

    assert store_of(world).requests <= 9
    assert store_of(world).asked == {"find": 2, "get_all": 1, "commit": 1}


@pytest.mark.parametrize("agents", [10, 1_000, 10_000])
@pytest.mark.parametrize("waiting", [10, 10_000])
def test_an_agent_who_becomes_free_while_many_wait_costs_at_most_nine_requests(
    agents: int, waiting: int
) -> None:
    world = centre_of(agents, away=agents)
    for n in range(waiting):
        waits(world, n)
    known(world)
    comes(world, 0, logins(1)[0])

    assert look(world, Wake("main", agent=agent_id(0))) == 1

    assert store_of(world).requests <= 9
    assert store_of(world).found["Waiting"] <= 10


@pytest.mark.parametrize("agents", [10, 10_000])
@pytest.mark.parametrize("waiting", [10, 10_000])
def test_ten_who_become_free_together_cost_at_most_four_requests_an_offer(agents: int, waiting: int) -> None:
    world = centre_of(agents, away=agents)
    for n in range(waiting):
        waits(world, n)
    known(world)
    for n in range(10):
        comes(world, n, logins(10)[n])
    store_of(world).forget()

    assert look(world, *(Wake("main", agent=agent_id(n)) for n in range(10))) == 10

    assert store_of(world).requests / 10 <= 4


def test_a_rare_skill_behind_ten_thousand_is_found_by_at_most_four_reads() -> None:
    members = [Member(login, "all", (Need("thai", 3),)) for login in logins(1)]
    world = crowd(replace(QUEUES, profiles=(Profile("all", ("rare",)),)), members)
    for n in range(10_000):
        waits(world, n)
    waits(world, 10_000, queue="rare", needs=(Need("thai"),))
    known(world)
    comes(world, 0, logins(1)[0])
    store_of(world).forget()

    assert look(world, Wake("main", agent=agent_id(0))) == 1

    assert store_of(world).asked["find"] + store_of(world).asked["get_all"] <= 4
    assert store_of(world).found["Waiting"] <= 3


def test_a_pool_where_nothing_waits_is_read_by_one_query_and_not_written() -> None:
    world = centre_of(100)
    store_of(world).forget()

    assert look(world, Wake("main", agent=agent_id(0))) == 0

    assert store_of(world).asked == {"find": 1}


def benches(world: World) -> Iterator[Bench]:
    return (item for item in world.store.items.values() if isinstance(item, Bench))


def test_a_bench_of_sixteen_logins_is_billed_as_one_kilobyte() -> None:
    world = centre_of(SEATS)

    (bench,) = benches(world)

    assert len(bench.seats) == SEATS
    assert item_size(bench) <= 1024


@pytest.mark.parametrize(("agents", "most"), [(100, 3), (1_000, 16), (10_000, 160)])
def test_who_is_free_costs_a_read_unit_for_eighty_agents(agents: int, most: int) -> None:
    """Sixteen bytes of an agent are the login's id, which nothing can shorten."""
    world = centre_of(agents)
    store_of(world).forget()

    look(world)

    assert store_of(world).units <= most


def transaction(world: World) -> list[Write]:
    """The writes of the last offer."""
    return list(next(writes for writes in reversed(world.store.commits) if len(writes) > 2))


def units_of(writes: list[Write], world: World) -> int:
    """Write units of a transaction: twice those of each item; a seat is billed as its bench."""
    sizes = [item_size(w.item) for w in writes if type(w.item).__name__ != "Seat"]
    largest = max(map(item_size, benches(world)))
    return 2 * sum(chunks(size, 1024) for size in [*sizes, largest])


def test_an_offer_is_ten_write_units_and_twelve_with_a_long_head() -> None:
    world = centre_of(SEATS)
    look(world, begins(world, 1))
    assert units_of(transaction(world), world) <= 10

    wake = begins(world, 2)
    head = world.store.items[key(Ref(Head, "C2"))]
    long = replace(head, members=tuple(f"01KDXZ8E00000000000000{n:04}" for n in range(30)))
    assert item_size(long) > 1024
    world.store.commit(Put(long, over=head.version))
    look(world, wake)

    assert 10 < units_of(transaction(world), world) <= 12


def test_the_entry_of_an_offer_stays_under_a_kilobyte() -> None:
    world = centre_of(SEATS)
    look(world, begins(world, 1))

    (made,) = [e for _, e in world.store.stream if isinstance(e, Entry) and e.kind is Kind.OFFER_MADE]

    assert item_size(made) <= 1024
