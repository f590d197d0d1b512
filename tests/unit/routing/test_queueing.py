"""The formulas against published tables (R package ErlangC; pyworkforce): they judge the matching."""

import pytest

from tests.support.queueing import (
    answered_within,
    erlang_a,
    erlang_b,
    erlang_c,
    one_after_another,
    speed_of_answer,
)


def test_erlang_b_of_ten_erlang() -> None:
    told = {10: 0.21458, 12: 0.11974, 14: 0.05682, 20: 0.00187}

    assert {n: round(erlang_b(10, n), 5) for n in told} == told


def test_erlang_c_of_a_hundred_calls_in_half_an_hour() -> None:
    assert erlang_c(10, 14) == pytest.approx(0.1741319335950498, abs=1e-12)
    assert speed_of_answer(10, 14, 180) == pytest.approx(7.83593701, abs=1e-8)
    assert answered_within(10, 14, 180, 20) == pytest.approx(0.8883500191794669, abs=1e-12)


def test_erlang_a_with_a_minute_of_patience() -> None:
    told = {10: 0.15753, 11: 0.11178, 12: 0.07590, 13: 0.04917, 14: 0.03032}

    assert {n: round(erlang_a(10, n, 180, 60), 5) for n in told} == told


def test_each_call_takes_the_agent_who_is_free_first() -> None:
    assert one_after_another([0, 1, 2, 3], [10, 2, 5, 1], agents=2) == [0, 0, 1, 5]
