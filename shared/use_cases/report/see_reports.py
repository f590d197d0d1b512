"""What supervisors read of a day: the figures as they stand now, and the files that were made of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.domain.report.figures import KEYS, Figure
from shared.domain.report.formulas import FORMULAS, Number, row, totals
from shared.ports import Files, Settings, Store
from shared.use_cases.report.sum_shards import figures_of
from shared.use_cases.routing.agent_names import agent_names

DAYS_LISTED = 31


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Rows leave out what is nothing, so that a busy day fits into one answer; totals have every measure.
    `agents` are names by id, `queues` hold the service level of each queue that has one.
    """

    day: date
    zone: str
    formulas: str
    service_level_seconds: int
    totals: Mapping[str, Number]
    rows: tuple[Mapping[str, str | Number], ...]
    agents: Mapping[str, str]
    queues: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class ReportFile:
    day: str
    name: str
    url: str
    bytes: int


@dataclass(frozen=True, slots=True)
class SeeReports:
    store: Store
    files: Files
    settings: Settings

    def figures(self, day: date) -> DayFigures:
        centre = self.settings.centre()
        figures = figures_of(self.store, str(day))
        level = centre.service_level_seconds
        rows = tuple(_sparse(figure) for figure in figures)
        names = agent_names(self.store, {figure.agent for figure in figures})
        return DayFigures(day, centre.zone, FORMULAS, level, totals(figures), rows, names, _levels(figures))

    def newest(self) -> tuple[ReportFile, ...]:
        """The files of the last days that have any, newest day first; each address holds for an hour."""
        sizes = {key: size for key, size in self.files.sizes("reports/").items() if key.count("/") == 2}
        days = sorted({_day(key) for key in sizes}, reverse=True)[:DAYS_LISTED]
        listed = sorted(
            (key for key in sizes if _day(key) in days), key=lambda key: (days.index(_day(key)), key)
        )
        return tuple(
            ReportFile(_day(key), key.rpartition("/")[2], self.files.link(key), sizes[key]) for key in listed
        )


def _sparse(figure: Figure) -> Mapping[str, str | Number]:
    return {name: value for name, value in row(figure).items() if value or name in KEYS}


def _levels(figures: Iterable[Figure]) -> Mapping[str, Number]:
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.queue, []).append(figure)
    return {queue: totals(group)["service_level_answered"] for queue, group in groups.items() if queue}


def _day(key: str) -> str:
    return key.split("/")[1].removeprefix("day=")
