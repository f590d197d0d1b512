"""How far a check has come."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.report.checkpoint import Checked, Checkpoint, sum_up
from shared.ports import Store

ALL = 1000


@dataclass(frozen=True, slots=True)
class SeeCheck:
    store: Store

    def of_day(self, day: date) -> Checked | None:
        """The check of the night after the day; until it has begun, that of the night before; else None."""
        both = (self.run(str(night)) for night in (day + timedelta(days=1), day))
        return next((checked for checked in both if checked.parts), None)

    def run(self, name: str) -> Checked:
        """Without parts when no such run has begun."""
        return sum_up(name, self.store.find(Checkpoint, name, limit=ALL))
