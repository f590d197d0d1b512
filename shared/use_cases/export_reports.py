"""A day's tables as files for any BI tool: figures, totals, events, and the dictionary of their names."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shared.domain import reports
from shared.domain.figures import Figure
from shared.domain.table import Table
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
        written = (*self._figures(day), *self._events(day))
        manifests = (self._manifest(day, "figures"), self._manifest(day, "events"), self._manifest_of_all())
        return (*written, *manifests)

    def _figures(self, day: date) -> Iterator[str]:
        centre = self.settings.centre()
        figures = self.store.find(Figure, str(day), limit=ALL)
        yield from self._write(day, reports.FIGURES, [_lines(reports.figure_rows(figures, day, centre))])
        yield from self._write(day, reports.TOTALS, [_lines(reports.total_rows(figures, day, centre))])
        yield from self._write(day, reports.DICTIONARY, [_lines(reports.dictionary_rows(day, centre))])

    def _events(self, day: date) -> Iterator[str]:
        """From the raw partitions, each line once however often its batch came."""
        keys = self.files.names(f"raw/day={day}/")
        yield from self._write(day, reports.EVENTS, (body for key in keys if (body := self.files.get(key))))

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


def _lines(rows: Iterable[reports.Row]) -> bytes:
    return "".join(f"{json.dumps(row, separators=(',', ':'))}\n" for row in rows).encode()


def _pretty(told: dict[str, object]) -> bytes:
    return f"{json.dumps(told, indent=2)}\n".encode()
