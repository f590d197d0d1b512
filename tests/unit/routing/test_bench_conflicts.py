"""How often two transactions want the same bench at the same moment, in a model of a busy pool."""

from collections import defaultdict
from random import Random

import pytest

from infra.capacity.load import HELD_MS, OFFERS, SEATINGS
from shared.domain.staffing import SEATS

A_SECOND = 100  # offers
SECONDS = 200


def conflicts(agents: int, seed: int) -> float:
    """The share of transactions that find their bench held by another one. The offers of a look to one bench
    are written one after another; answers and ends of work come when they come.
    """
    chance, benches = Random(seed), -(-agents // SEATS)  # no secret
    wanted: list[tuple[float, int]] = []
    for look in range(SECONDS * A_SECOND // OFFERS):
        begun = look * 1000.0 * OFFERS / A_SECOND
        lanes: dict[int, int] = defaultdict(int)
        for bench in (chance.randrange(benches) for _ in range(OFFERS)):
            wanted.append((begun + lanes[bench] * HELD_MS, bench))
            lanes[bench] += 1
    for _ in range(SECONDS * A_SECOND * (SEATINGS - 1)):
        wanted.append((chance.uniform(0, SECONDS * 1000), chance.randrange(benches)))
    free_at: dict[int, float] = defaultdict(float)
    lost = 0
    for at, bench in sorted(wanted):
        if at < free_at[bench]:
            lost += 1
        else:
            free_at[bench] = at + HELD_MS
    return lost / len(wanted)


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_agents_at_a_hundred_offers_a_second_conflict_in_less_than_one_of_ten(seed: int) -> None:
    assert 0.02 < conflicts(1_000, seed) <= 0.10


def test_the_fewer_the_benches_the_more_they_conflict() -> None:
    assert conflicts(10_000, 1) < conflicts(1_000, 1) < conflicts(100, 1)
