"""Ten thousand histories of a pool; `make test` goes through the first five hundred of them."""

from tests.bench.measure import tell
from tests.support.histories import wrong_with

HISTORIES = 10_000


def bench_ten_thousand_histories_lose_nobody() -> None:
    wrong = {seed: found for seed in range(HISTORIES) if (found := wrong_with(seed))}

    tell("histories", f"{HISTORIES:,} histories of a pool, {len(wrong)} of them wrong.\n")
    assert wrong == {}
