"""The wall: this moment read each time, the day's figures as they were at most half a minute ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from shared.domain.desk.live_view import LiveQueue, doing
from shared.domain.report.figures import Figure
from shared.domain.report.wall import Wall, WallQueue, shown, wall
from shared.domain.routing.staff import Presence
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
        live = SeeLive(self.store, self.now)()
        there = (doing(agent) for agent in live.agents if agent.presence is not Presence.OFFLINE)
        return wall([_queue(one, figures) for one in live.queues], there, figures, day, zone)


def _queue(live: LiveQueue, figures: Sequence[Figure]) -> WallQueue:
    label = {"ko": live.label.ko, "en": live.label.en}
    waits = (live.waiting, live.oldest_seconds, live.opening, live.goal_seconds)
    return WallQueue(live.queue, label, *waits, shown(f for f in figures if f.queue == live.queue))


@lru_cache(maxsize=2)
def _counted(store: Store, day: date, half_minute: int) -> tuple[Figure, ...]:
    return figures_of(store, str(day))
