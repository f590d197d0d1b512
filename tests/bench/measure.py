"""CPU time of interleaved runs: the ratio within each round is judged, milliseconds only printed."""

import gc
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

ROUNDS = 25
LIMITS = float(os.environ.get("BENCH_LIMITS", "1"))


def taking_turns(
    runs: Mapping[str, Callable[[], object]], repeats: int, rounds: int = ROUNDS
) -> dict[str, list[float]]:
    """Seconds of CPU one call takes, by name, round by round: the machine's moods hit all runs alike."""
    told: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    gc.collect()
    gc.freeze()  # what lay there before is nobody's work
    for _ in range(rounds):
        for name, run in runs.items():
            started = time.process_time()
            for _ in range(repeats):
                run()
            told[name].append((time.process_time() - started) / repeats)
    gc.unfreeze()
    return told


def ratio(ours: list[float], floor: list[float]) -> float:
    """The median of the rounds' own ratios."""
    return median(mine / theirs for mine, theirs in zip(ours, floor, strict=True))


def tell(name: str, text: str) -> None:
    """Print what was measured, and keep it for docs/measured.md where BENCH_TABLES names a folder."""
    print(f"\n{text}")
    if folder := os.environ.get("BENCH_TABLES"):
        path = Path(folder) / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def within(name: str, measured: float, limit: float) -> None:
    """Print the ratio and fail when it is over its limit (doubled in CI)."""
    print(f"{name}: {measured:.2f}x (limit {limit * LIMITS:.2f}x)")
    assert measured <= limit * LIMITS, (
        f"{name} takes {measured:.2f} times its floor, more than {limit * LIMITS:.2f}"
    )
