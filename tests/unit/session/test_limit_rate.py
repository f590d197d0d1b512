"""So many times a minute, and the next minute again."""

from infra.twins.world import World
from shared.use_cases.session.limit_rate import Limit, LimitRate


def test_it_may_be_done_so_often_a_minute(world: World) -> None:
    limit = LimitRate(world.store, world.clock)

    allowed = [limit(Limit("visitor:V1", 2)) for _ in range(4)]
    world.clock.advance(60)

    assert allowed == [True, True, False, False]
    assert limit(Limit("visitor:V1", 2))


def test_the_smallest_limit_decides_and_subjects_do_not_share(world: World) -> None:
    limit = LimitRate(world.store, world.clock)
    limit(Limit("visitor:V1", 1), Limit("192.0.2.1", 10))

    assert not limit(Limit("visitor:V1", 1), Limit("192.0.2.1", 10))
    assert limit(Limit("visitor:V2", 1), Limit("192.0.2.1", 10))


def test_a_flood_writes_nothing_and_addresses_are_not_kept(world: World) -> None:
    limit = LimitRate(world.store, world.clock)
    limit(Limit("192.0.2.1", 1))
    written = len(world.store.commits)

    assert not any(limit(Limit("192.0.2.1", 1)) for _ in range(50))

    assert len(world.store.commits) == written
    assert "192.0.2.1" not in repr(world.store.items)
