"""Who gets what: longest waiting to longest available, with room for the channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.routing.market import Free, Waiting
from shared.domain.routing.staff import weight
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class Pair:
    """A match and the sentence that explains it later."""

    waiting: Waiting
    free: Free
    reason: str


def pairs(waiting: Sequence[Waiting], free: Sequence[Free], at: datetime) -> Iterator[Pair]:
    """Matches in order of service; each free row is used once, the next look sees what is left."""
    left = list(free)
    for case in waiting:
        resting = {decline.agent_id for decline in case.declines if at < decline.until}
        row = next((f for f in left if weight(case.channel) <= f.room and f.agent_id not in resting), None)
        if row is None:
            continue
        left.remove(row)
        yield Pair(case, row, _reason(case, row, len(waiting), len(free)))


def _reason(case: Waiting, row: Free, waiting: int, free: int) -> str:
    return (
        f"longest waiting (rank {case.rank}) of {waiting} in {case.queue}; "
        f"longest available (since {iso(row.since)}) of {free} with room for {case.channel}"
    )
