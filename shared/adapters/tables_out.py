"""Report tables as open files, made by DuckDB: CSV (UTF-8, header, no BOM), Parquet (zstd), and a CSV for
Excel: with a BOM, or it shows no Hangul, and with nothing in it that Excel would run.
"""

import gzip
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from shared.domain.report.table import Table

GZIP = b"\x1f\x8b"
# One thread and one order of rows: equal lines give equal bytes. What needs more memory goes to a file.
SETTINGS: dict[str, str | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "preserve_insertion_order": True,
}
FORMULA = r"^\s*[=+\-@\t\r＝＋－＠]"
CSV, EXCEL = "FORMAT csv, HEADER, DELIMITER ','", "excel.csv"
FORMS = {
    "csv": CSV,
    EXCEL: CSV,
    "parquet": "FORMAT parquet, COMPRESSION zstd",
}


class DuckTables:
    def written(self, table: Table, parts: Iterable[bytes]) -> Mapping[str, bytes]:
        with TemporaryDirectory() as folder, duckdb.connect(config=dict(SETTINGS)) as connection:
            scratch = Path(folder)
            connection.execute("SET temp_directory = $folder", {"folder": folder})
            connection.execute(_create(table, _kept(parts, scratch / "lines.jsonl.gz")))
            return {
                f"{table.name}.{form}": _copied(connection, table, scratch / f"out.{form}", form)
                for form in FORMS
            }


def _kept(parts: Iterable[bytes], path: Path) -> Path | None:
    """One file of all parts, or None: opening hundreds of small ones costs more than reading them."""
    with path.open("wb") as file:
        for part in parts:
            file.write(part if part.startswith(GZIP) else gzip.compress(part, compresslevel=1))
    return path if path.stat().st_size else None


def _create(table: Table, lines: Path | None) -> str:
    """Everything is read as text and cast, so that one odd value is a NULL and not a report that fails."""
    if lines is None:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
        return f"CREATE TABLE lines ({columns})"
    texts = ", ".join(f"'{name}': 'VARCHAR'" for name in table.columns)
    cast = ", ".join(f'TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table.columns.items())
    by = ", ".join(f'"{name}"' for name in table.by)
    # names come from our own tables, never from data
    return (
        f"CREATE TABLE lines AS SELECT DISTINCT ON ({by}) {cast} "  # noqa: S608
        f"FROM read_json('{lines}', format = 'newline_delimited', columns = {{{texts}}})"
    )


def _copied(connection: duckdb.DuckDBPyConnection, table: Table, path: Path, form: str) -> bytes:
    by = ", ".join(f'"{name}"' for name in table.by)
    shown = ", ".join(map(_harmless, table.columns.items())) if form == EXCEL else "*"
    connection.execute(f"COPY (SELECT {shown} FROM lines ORDER BY {by}) TO '{path}' ({FORMS[form]})")  # noqa: S608
    return (BOM_UTF8 if form == EXCEL else b"") + path.read_bytes()


def _harmless(column: tuple[str, str]) -> str:
    """A text that begins like a formula, whoever wrote it, behind an apostrophe; numbers stay numbers."""
    name, kind = f'"{column[0]}"', column[1]
    if kind != "VARCHAR":
        return name
    return f"CASE WHEN regexp_matches({name}, '{FORMULA}') THEN chr(39) || {name} ELSE {name} END AS {name}"
