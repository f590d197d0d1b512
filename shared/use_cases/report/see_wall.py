"""The wall: this moment read each time, the day's figures as they were at most half a minute ago."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from shared.domain.report.figures import Figure
from shared.domain.report.wall import Wall, wall
from shared.domain.times import local_day
from shared.ports import Moment, Store
from shared.use_cases.desk.see_live import SeeLive
from shared.use_cases.report.sum_shards import figures_of

COUNTED_EVERY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class SeeWall:
    """A wall asks every ten seconds, and a day's figures are its dearest read: one function reads them
    twice a minute, however many walls there are.
    """

    store: Store
    now: Moment

    def __call__(self) -> Wall:
        now = self.now()
        zone = now.centre.zone
        day = local_day(now.at, zone)
        since = int(now.at.timestamp() // COUNTED_EVERY.total_seconds())
        figures = _counted(self.store, day, since)  # type: ignore[arg-type]  # known by its identity
        return wall(SeeLive(self.store, self.now)(), figures, day, zone)


@lru_cache(maxsize=2)
def _counted(store: Store, day: date, half_minute: int) -> tuple[Figure, ...]:
    return figures_of(store, str(day))
