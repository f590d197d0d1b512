"""How far a check of the table has come, so that a run that was interrupted goes on where it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.timeline.entry import Entry


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One of the `of` parts of the table, in one run. `after` is where the next page begins.

    The span is kept, because a run that goes on an hour later must look at the same facts.
    """

    run: str
    part: int
    of: int
    since: datetime
    until: datetime
    expires_at: datetime
    after: str = ""
    facts: int = 0
    announced: int = 0
    finished: bool = False
    version: int = 1

    def past(self, after: str, facts: int, announced: int) -> "Checkpoint":
        """Behind one more page; the part is finished when nothing comes after it."""
        return replace(
            self,
            after=after,
            facts=self.facts + facts,
            announced=self.announced + announced,
            finished=not after,
            version=self.version + 1,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one page of a part, in no order, and where the next page begins ("" at the end)."""

    entries: tuple[Entry, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run has found until now, with `left` of its `parts` not yet read to the end."""

    run: str
    facts: int
    announced: int
    parts: int
    left: int
    finished: bool


def sum_up(run: str, parts: Sequence[Checkpoint]) -> Checked:
    left = sum(not part.finished for part in parts)
    facts, announced = sum(part.facts for part in parts), sum(part.announced for part in parts)
    return Checked(run, facts, announced, len(parts), left, finished=bool(parts) and not left)
