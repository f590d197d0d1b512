"""A day's tables as files for any BI tool: figures, totals, events, and the dictionary of their names."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shared.domain.report import day_report as reports
from shared.domain.report.figures import Figure
from shared.domain.report.table import Table
from shared.ports import Files, Settings, Store, Tables

ALL = 1_000_000
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

    def __call__(self, day: date) -> tuple[str, ...]:
        """The keys written. Raises TryAgain."""
        written = (*self._figures(day), *self._agents(day), *self._events(day))
        manifests = (self._manifest(day, "figures"), self._manifest(day, "events"), self._manifest_of_all())
        return (*written, *manifests)

    def _figures(self, day: date) -> Iterator[str]:
        centre = self.settings.centre()
        figures = self.store.find(Figure, str(day), limit=ALL)
        yield from self._write(day, reports.FIGURES, [_lines(reports.figure_rows(figures, day, centre))])
        yield from self._write(day, reports.TOTALS, [_lines(reports.total_rows(figures, day, centre))])
        yield from self._write(day, reports.DICTIONARY, [_lines(reports.dictionary_rows(day, centre))])

    def _agents(self, day: date) -> Iterator[str]:
        """Occupancy, of lines rather than of figures."""
        parts = (part for one in (day, day + timedelta(days=1)) for part in self._raw(one))
        lines = {line["line"]: line for part in parts for line in _read(part)}
        rows = reports.agent_rows(lines.values(), day, self.settings.centre())
        yield from self._write(day, reports.AGENTS, [_lines(rows)])

    def _events(self, day: date) -> Iterator[str]:
        """From the raw partitions, each line once however often its batch came."""
        yield from self._write(day, reports.EVENTS, self._raw(day))

    def _raw(self, day: date) -> Iterator[bytes]:
        keys = self.files.names(f"raw/day={day}/")
        return (body for key in keys if (body := self.files.get(key)))

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
    """The lines of a raw file that tell of an agent's time: the others are not worth decoding."""
    lines = gzip.decompress(part).splitlines()
    return (json.loads(line) for line in lines if b'"agent"' in line and b"_ms" in line)


def _lines(rows: Iterable[reports.Row]) -> bytes:
    return "".join(f"{json.dumps(row, separators=(',', ':'))}\n" for row in rows).encode()


def _pretty(told: dict[str, object]) -> bytes:
    return f"{json.dumps(told, indent=2)}\n".encode()
