"""Report tables as open files, made by DuckDB: CSV (UTF-8, header, no BOM) and Parquet (zstd)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from shared.domain.table import Table

GZIP = b"\x1f\x8b"
# One thread and one order of rows: equal lines give equal bytes. What needs more memory goes to a file.
SETTINGS: dict[str, str | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "preserve_insertion_order": True,
}
FORMS = {
    "csv": "FORMAT csv, HEADER, DELIMITER ','",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
}


class DuckTables:
    def written(self, table: Table, parts: Iterable[bytes]) -> Mapping[str, bytes]:
        with TemporaryDirectory() as folder, duckdb.connect(config=dict(SETTINGS)) as connection:
            scratch = Path(folder)
            connection.execute("SET temp_directory = $folder", {"folder": folder})
            connection.execute(_create(table, _kept(parts, scratch)))
            return {
                f"{table.name}.{form}": _copied(connection, table, scratch / f"out.{form}", options)
                for form, options in FORMS.items()
            }


def _kept(parts: Iterable[bytes], scratch: Path) -> list[str]:
    names = []
    for i, part in enumerate(parts):
        path = scratch / f"{i:06}.jsonl{'.gz' if part.startswith(GZIP) else ''}"
        path.write_bytes(part)
        names.append(str(path))
    return names


def _create(table: Table, files: list[str]) -> str:
    """Everything is read as text and cast, so that one odd value is a NULL and not a report that fails."""
    if not files:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
        return f"CREATE TABLE lines ({columns})"
    texts = ", ".join(f"'{name}': 'VARCHAR'" for name in table.columns)
    cast = ", ".join(f'TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table.columns.items())
    paths = ", ".join(f"'{name}'" for name in files)
    by = ", ".join(f'"{name}"' for name in table.by)
    # names come from our own tables, never from data
    return (
        f"CREATE TABLE lines AS SELECT DISTINCT ON ({by}) {cast} "  # noqa: S608
        f"FROM read_json([{paths}], format = 'newline_delimited', columns = {{{texts}}}) ORDER BY ALL"
    )


def _copied(connection: duckdb.DuckDBPyConnection, table: Table, path: Path, options: str) -> bytes:
    by = ", ".join(f'"{name}"' for name in table.by)
    connection.execute(f"COPY (SELECT * FROM lines ORDER BY {by}) TO '{path}' ({options})")  # noqa: S608
    return path.read_bytes()
