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
        """The check of the night after the day; until it has begun, the latest before it; else None.

        A day is some hours old when its own check begins; until then it is that of the day before.
        """
        nights = (day + timedelta(days=1 - back) for back in range(3))
        return next((checked for night in nights if (checked := self.run(str(night))).parts), None)

    def run(self, name: str) -> Checked:
        """Without parts when no such run has begun."""
        return sum_up(name, self.store.find(Checkpoint, name, limit=ALL))
