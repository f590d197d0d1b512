"""What stands on a wall: the figures of this moment and of this day, and nothing of any customer or agent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.domain.desk.labels import Label
from shared.domain.desk.live_view import Live, LiveAgent, LiveQueue
from shared.domain.report.figures import Figure
from shared.domain.report.formulas import Number, totals
from shared.domain.routing.staff import Presence

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
    """`oldest_seconds` is None while nobody waits, `service_level_answered` while nobody was answered."""

    queue: str
    label: Label
    waiting: int
    oldest_seconds: int | None
    opening: str
    goal_seconds: int
    contacts_handled: Number
    service_level_answered: Number


@dataclass(frozen=True, slots=True)
class Wall:
    """`totals` are those of the day, in the centre's zone. `agents` counts who is there by what they do:
    idle, interacting, not_responding, or the presence that keeps them from work.
    """

    day: date
    zone: str
    waiting: int
    oldest_seconds: int | None
    totals: Mapping[str, Number]
    agents: Mapping[str, int]
    queues: tuple[WallQueue, ...]


def wall(live: Live, figures: Sequence[Figure], day: date, zone: str) -> Wall:
    sums = totals(figures)
    queues = tuple(_queue(one, figures) for one in live.queues)
    return Wall(
        day,
        zone,
        sum(queue.waiting for queue in queues),
        max((one.oldest_seconds for one in queues if one.oldest_seconds is not None), default=None),
        {name: sums[name] for name in SHOWN},
        _states(live.agents),
        queues,
    )


def _queue(live: LiveQueue, figures: Sequence[Figure]) -> WallQueue:
    sums = totals(figure for figure in figures if figure.queue == live.queue)
    waits = (live.waiting, live.oldest_seconds, live.opening, live.goal_seconds)
    done = (sums["contacts_handled"], sums["service_level_answered"])
    return WallQueue(live.queue, live.label, *waits, *done)


def _states(agents: Iterable[LiveAgent]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for agent in agents:
        if agent.presence is Presence.OFFLINE:
            continue
        there = agent.presence is Presence.AVAILABLE or agent.engagements
        state = str(agent.routing_status if there else agent.presence)
        counted[state] = counted.get(state, 0) + 1
    return counted
