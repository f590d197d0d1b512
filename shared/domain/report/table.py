"""A table of a report: its columns, what makes a row unique, and in which order rows stand."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are names and SQL types in their order; rows are unique and sorted by the columns in `by`."""

    name: str
    columns: Mapping[str, str]
    by: tuple[str, ...]
