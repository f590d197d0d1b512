"""What a simulated day comes to, by the formulas of the reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from infra.simulation.agents import Worker
from infra.simulation.plan import Lived


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Seconds and shares; None where there was nothing to divide by.

    `service_level_removed`   of all who queued, who left it in time, answered or not (Amazon Connect)
    `service_level_answered`  of those answered or abandoned, who was answered in time (Genesys)
    `occupancy`               agents' time with contacts, of the time they were there
    """

    queued: int
    answered: int
    abandoned: int
    asa_s: float | None
    service_level_removed: float | None
    service_level_answered: float | None
    abandonment: float | None
    occupancy: float | None


def day_figures(lived: Sequence[Lived], goal_s: float, occupancy: float | None) -> DayFigures:
    """`goal_s`: what counts as in time."""
    answered = [one.waited for one in lived if one.answered]
    in_time = sum(waited <= goal_s for waited in answered)
    removed = sum(one.waited <= goal_s for one in lived)
    return DayFigures(
        queued=len(lived),
        answered=len(answered),
        abandoned=len(lived) - len(answered),
        asa_s=fmean(answered) if answered else None,
        service_level_removed=_share(removed, len(lived)),
        service_level_answered=_share(in_time, len(lived)),
        abandonment=_share(len(lived) - len(answered), len(lived)),
        occupancy=occupancy,
    )


def occupancy(workers: Iterable[Worker]) -> float | None:
    """The time with contacts of that with contacts or with nothing that rings. Of agents who have gone."""
    known = list(workers)
    return _share(sum(one.busy for one in known), sum(one.staffed - one.rang for one in known))


def class_means(lived: Iterable[Lived]) -> dict[tuple[str, str], float]:
    """Mean wait of each class, in seconds."""
    waits: dict[tuple[str, str], list[float]] = {}
    for one in lived:
        waits.setdefault((one.coming.queue, one.coming.klass), []).append(one.waited)
    return {kind: fmean(found) for kind, found in waits.items()}


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
