"""Agents who differ: ours is never far behind the best of three other orders of agents."""

from functools import cache

import pytest

from infra.simulation.plan import Lived
from tests.simulation.size import size, tell
from tests.support.scenarios import ORDERS, RARE, SCENARIOS, mean_wait, wait_of, worst_class

OTHERS = [order for order in ORDERS if order != "ours"]
RARE_NEED = ("spanish",)


@cache
def lives(scenario: str, order: str) -> list[Lived]:
    return SCENARIOS[scenario].run(order, size(1_500, 30_000), seed=1)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_mean_wait_is_at_most_a_twentieth_above_the_best_order(scenario: str) -> None:
    waits = {order: mean_wait(lives(scenario, order)) for order in ORDERS}

    told = ", ".join(f"{order} {waits[order]:.1f}" for order in OTHERS)
    tell(f"mean wait, {scenario}, s", f"{waits['ours']:.1f}", told)
    assert waits["ours"] <= 1.05 * min(waits[order] for order in OTHERS)


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name != RARE])
def test_no_class_waits_much_longer_than_all_do(scenario: str) -> None:
    worst = worst_class(lives(scenario, "ours"))

    tell(f"worst class against the mean, {scenario}", f"{worst:.2f}", "1.6")
    assert worst <= 1.6


def test_a_rare_skill_waits_no_longer_than_in_the_best_other_order() -> None:
    ours, *others = (
        wait_of(lives(RARE, order), RARE_NEED) / mean_wait(lives(RARE, order)) for order in ORDERS
    )

    tell("a rare skill against the mean", f"{ours:.2f}", f"best other {min(others):.2f}")
    assert ours <= min(others)
