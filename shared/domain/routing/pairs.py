"""Who gets what: longest waiting first, to the case's owner or whoever is available longest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.routing.pool import Free, Waiting
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
    for contact in sorted(waiting, key=lambda row: (row.rank, row.interaction_id)):
        row = _chosen(contact, left, at)
        if row is None:
            continue
        left.remove(row)
        yield Pair(contact, row, _reason(contact, row, len(waiting), len(free)))


def _chosen(contact: Waiting, free: Sequence[Free], at: datetime) -> Free | None:
    """The owner of the case if they have room, else the longest available who did not just say no."""
    resting = {decline.agent_id for decline in contact.declines if at < decline.until}
    fitting = [row for row in free if row.agent_id not in resting and contact.places <= _room(contact, row)]
    return min(fitting, key=lambda row: row.agent_id != contact.owner, default=None)


def _room(contact: Waiting, row: Free) -> int:
    return row.room + (contact.held if row.agent_id == contact.owner else 0)


def _reason(contact: Waiting, row: Free, waiting: int, free: int) -> str:
    chosen = "owner of the case" if row.agent_id == contact.owner else "longest available"
    return (
        f"longest waiting (rank {contact.rank}) of {waiting} in {contact.queue}; "
        f"{chosen} (since {iso(row.since)}) of {free} with room for {contact.channel}"
    )
