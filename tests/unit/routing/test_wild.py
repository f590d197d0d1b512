"""All acts of customers, agents, supervisors and settings cross: nobody is lost, and the books balance."""

from collections.abc import Iterator

import pytest

from shared.use_cases.retry_on_conflict import retry_on_conflict
from tests.support.wild import wrong_with

PARTS, EACH = 3, 6


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(retry_on_conflict, "__defaults__", (lambda seconds: None,))
    yield


@pytest.mark.parametrize("changes", [False, True], ids=["same settings", "other settings"])
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_crosses_with_whatever_nobody_is_lost(part: int, changes: bool) -> None:
    for seed in range(part * EACH, (part + 1) * EACH):
        assert wrong_with(seed, changes=changes) == [], seed
