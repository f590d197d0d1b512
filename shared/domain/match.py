"""Who gets what: longest waiting to longest available, with room for the channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.market import Free, Waiting
from shared.domain.staff import Agent, fits, takes_work
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class Pair:
    """A match and the sentence that explains it later."""

    waiting: Waiting
    agent_id: str
    reason: str


def pairs(waiting: Sequence[Waiting], free: Sequence[Free], agents: dict[str, Agent]) -> Iterator[Pair]:
    """Matches in order of service; each free row is used once, the next look sees what is left."""
    left = [row for row in free if row.agent_id in agents and takes_work(agents[row.agent_id])]
    for case in waiting:
        row = next((f for f in left if fits(agents[f.agent_id], case.channel)), None)
        if row is None:
            continue
        left.remove(row)
        yield Pair(case, row.agent_id, _reason(case, row, len(waiting), len(free)))


def _reason(case: Waiting, row: Free, waiting: int, free: int) -> str:
    return (
        f"longest waiting (rank {case.rank}) of {waiting} in {case.queue}; "
        f"longest available (since {iso(row.since)}) of {free} with room for {case.channel}"
    )
