"""What stands on a wall: the figures of this moment and of this day, and nothing of any customer or agent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.domain.report.figures import Figure
from shared.domain.report.formulas import Number, totals

SHOWN = (
    "contacts_handled",
    "contacts_queued",
    "service_level_answered",
    "average_queue_answer_time",
    "abandonment_rate",
    "csat",
    "surveys_answered",
)


@dataclass(frozen=True, slots=True)
class WallQueue:
    """`label` is its name by language, `oldest_seconds` None while nobody waits. `numbers` are those of the
    day, None while nobody was answered.
    """

    queue: str
    label: Mapping[str, str]
    waiting: int
    oldest_seconds: int | None
    opening: str
    goal_seconds: int
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Wall:
    """`totals` are those of the day, in the centre's zone. `agents` counts who is there by what they do."""

    day: date
    zone: str
    waiting: int
    oldest_seconds: int | None
    totals: Mapping[str, Number]
    agents: Mapping[str, int]
    queues: tuple[WallQueue, ...]


def wall(
    queues: Sequence[WallQueue], doing: Iterable[str], figures: Iterable[Figure], day: date, zone: str
) -> Wall:
    waits = [one.oldest_seconds for one in queues if one.oldest_seconds is not None]
    waiting, oldest = sum(one.waiting for one in queues), max(waits, default=None)
    return Wall(day, zone, waiting, oldest, shown(figures), Counter(doing), tuple(queues))


def shown(figures: Iterable[Figure]) -> Mapping[str, Number]:
    """The wall's few of the published figures."""
    sums = totals(figures)
    return {name: sums[name] for name in SHOWN}
