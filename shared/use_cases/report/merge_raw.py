"""Every hour: the many small raw files of the last days become a few large ones."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.report.raw_files import folder, is_merged, of_files
from shared.domain.times import local_day
from shared.ports import Clock, Files, Settings

DAYS = 3  # today and the days before it to which facts still come late
AT_ONCE = 2000  # files of one merged file: with batches of 100 facts at most some 80 MB before packing
BROKEN = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Merged:
    """How many small files went into how many large ones; `broken` ones were left where they lie."""

    files: int = 0
    into: int = 0
    broken: tuple[str, ...] = ()
    finished: bool = True


@dataclass(frozen=True, slots=True)
class MergeRaw:
    """First the merged file is written, then what it holds is removed. So each line lies in at least one file
    at any moment. After a crash between the two it lies in two, and readers take each value of `line` once;
    the next run merges the small files under the same key, or together with new ones, and removes them.
    A file that comes late, or again, is a small file among others: it is read, and merged the next time.
    """

    files: Files
    settings: Settings
    clock: Clock

    def __call__(self, enough: Callable[[], bool] = lambda: False) -> Merged:
        done = Merged()
        for day in self._days():
            small = [key for key in self.files.names(folder(day)) if not is_merged(key)]
            for start in range(0, len(small), AT_ONCE):
                if enough():
                    return _sum(done, Merged(finished=False))
                done = _sum(done, self._merge(day, small[start : start + AT_ONCE]))
        return done

    def _days(self) -> list[date]:
        today = local_day(self.clock(), self.settings.centre().zone)
        return [today - timedelta(days=back) for back in range(DAYS)]

    def _merge(self, day: date, keys: list[str]) -> Merged:
        """One file alone waits for another: to copy it would save nothing."""
        if len(keys) < 2:
            return Merged()
        body, held, broken = _packed(self.files.each(keys))
        if len(held) < 2:
            return Merged(broken=broken)
        self.files.put(of_files(day, held), body, "application/gzip")
        self.files.remove(held)
        return Merged(len(held), 1, broken)


def _packed(files: Iterable[tuple[str, bytes | None]]) -> tuple[bytes, list[str], tuple[str, ...]]:
    """The lines of all files in one, whose keys they were, and the keys of those that cannot be read.

    One that is gone was merged by another run. The packed bytes are all that is held: the lines of an
    hour take ten times as much.
    """
    held: list[str] = []
    broken: list[str] = []
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=6) as packed:
        for key, body in files:
            if body is None:
                continue
            try:
                lines = gzip.decompress(body)
            except BROKEN:
                broken.append(key)
                continue
            packed.write(lines)
            held.append(key)
    return out.getvalue(), held, tuple(broken)


def _sum(one: Merged, other: Merged) -> Merged:
    return Merged(
        one.files + other.files,
        one.into + other.into,
        one.broken + other.broken,
        one.finished and other.finished,
    )
