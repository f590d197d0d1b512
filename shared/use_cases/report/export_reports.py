"""A day's tables as files for any BI tool: figures, totals, events, and the dictionary of their names."""

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shared.domain.report import day_report as reports
from shared.domain.report.occupancy import NEEDS
from shared.domain.report.table import Table
from shared.ports import Files, Settings, Store, Tables
from shared.use_cases.report.read_raw import ReadRaw
from shared.use_cases.report.sum_shards import figures_of
from shared.use_cases.routing.agent_names import agent_names

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class ExportReports:
    """Run again, it writes the same files over themselves: a day that was still going on is made complete."""

    store: Store
    files: Files
    tables: Tables
    settings: Settings

    def __call__(self, *days: date) -> tuple[str, ...]:
        """The keys written, each raw file of all these days read once. Raises TryAgain."""
        raw = ReadRaw(self.files)
        return (*(key for day in days for key in self._day(day, raw)), self._manifest_of_all())

    def _day(self, day: date, raw: ReadRaw) -> Iterator[str]:
        yield from self._figures(day)
        yield from self._agents(day, raw)
        yield from self._write(day, reports.EVENTS, raw(day))
        yield self._manifest(day, "figures")
        yield self._manifest(day, "events")

    def _figures(self, day: date) -> Iterator[str]:
        centre = self.settings.centre()
        figures = figures_of(self.store, str(day))
        told = (figures, day, centre, agent_names(self.store, {figure.agent for figure in figures}))
        yield from self._write(day, reports.FIGURES, [_lines(reports.figure_rows(*told))])
        yield from self._write(day, reports.TOTALS, [_lines(reports.total_rows(*told))])
        yield from self._write(day, reports.DICTIONARY, [_lines(reports.dictionary_rows(day, centre))])

    def _agents(self, day: date, raw: ReadRaw) -> Iterator[str]:
        """Occupancy, of lines rather than of figures."""
        parts = (part for one in (day, day + timedelta(days=1)) for part in raw(one))
        lines = {line["line"]: line for part in parts for line in _read(part)}
        names = agent_names(self.store, {str(line.get("agent")) for line in lines.values()})
        rows = reports.agent_rows(lines.values(), day, self.settings.centre(), names)
        yield from self._write(day, reports.AGENTS, [_lines(rows)])

    def _write(self, day: date, table: Table, parts: Iterable[bytes]) -> Iterator[str]:
        for name, body in self.tables.written(table, parts).items():
            yield self._put(f"{_folder(day)}{name}", body)

    def _manifest(self, day: date, table: str) -> str:
        told = reports.manifest([self.files.uri(f"{_folder(day)}{table}.csv")])
        return self._put(f"{_folder(day)}{table}.manifest.json", _pretty(told))

    def _manifest_of_all(self) -> str:
        """One data set over all days: in QuickSight it stays where it is and grows."""
        keys = (key for key in self.files.names("reports/") if key.endswith("/figures.csv"))
        told = reports.manifest([self.files.uri(key) for key in keys])
        return self._put("reports/figures.manifest.json", _pretty(told))

    def _put(self, key: str, body: bytes) -> str:
        self.files.put(key, body, TYPES[key.rpartition(".")[2]])
        return key


def _folder(day: date) -> str:
    return f"reports/day={day}/"


def _read(part: bytes) -> Iterator[dict[str, Any]]:
    """What a raw file tells of agents' time: other lines are not worth decoding, nor other fields keeping."""
    lines = (
        line for line in gzip.GzipFile(fileobj=io.BytesIO(part)) if b'"agent"' in line and b"_ms" in line
    )
    told = (json.loads(line) for line in lines)
    return ({name: line[name] for name in NEEDS & line.keys()} for line in told)


def _lines(rows: Iterable[reports.Row]) -> bytes:
    return "".join(f"{json.dumps(row, separators=(',', ':'))}\n" for row in rows).encode()


def _pretty(told: dict[str, object]) -> bytes:
    return f"{json.dumps(told, indent=2)}\n".encode()
