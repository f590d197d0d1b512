"""What agents and supervisors do of their own accord crosses with everything else, and the index follows."""

from collections.abc import Iterator

import pytest

from shared.use_cases.retry_on_conflict import retry_on_conflict
from tests.support.shift import wrong_with

PARTS, EACH = 3, 10


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(retry_on_conflict, "__defaults__", (lambda seconds: None,))
    yield


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_agents_take_give_and_snooze_nobody_is_lost_and_all_are_found(part: int) -> None:
    for seed in range(part * EACH, (part + 1) * EACH):
        assert wrong_with(seed) == [], seed
