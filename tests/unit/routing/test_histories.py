"""Whatever happens in a pool, in whatever order: nobody is lost, nobody has too much, nobody is overtaken.
`make bench` goes through ten thousand of these histories.
"""

import pytest

from tests.support.histories import wrong_with

PARTS, EACH = 10, 50


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_in_a_pool_nobody_is_lost_or_has_too_much(part: int) -> None:
    for seed in range(part * EACH, (part + 1) * EACH):
        assert wrong_with(seed) == [], seed
