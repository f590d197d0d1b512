"""Where the day's facts lie as lines of JSON: files of a batch each, and files of many batches merged."""

from collections.abc import Iterable
from datetime import date

from shared.domain.ids import digest

MERGED = "merged-"


def folder(day: date | str) -> str:
    return f"raw/day={day}/"


def of_facts(day: date | str, names: Iterable[str]) -> str:
    """The key of a batch's file: the same facts have the same key."""
    return f"{folder(day)}{digest(*sorted(names))}.jsonl.gz"


def of_files(day: date | str, keys: Iterable[str]) -> str:
    """The key of a merged file: the same files merged again have the same key."""
    return f"{folder(day)}{MERGED}{digest(*sorted(keys))}.jsonl.gz"


def is_merged(key: str) -> bool:
    return key.rpartition("/")[2].startswith(MERGED)
