"""A day's raw files, each fetched once, however many tables are made of them."""

from datetime import date

from shared.domain.errors import TryAgain
from shared.domain.report.raw_files import folder
from shared.ports import Files

ROUNDS = 10


class ReadRaw:
    """Keeps the days it has read, packed as they lie in the bucket: some 40 bytes a fact."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._days: dict[date, tuple[bytes, ...]] = {}

    def __call__(self, day: date) -> tuple[bytes, ...]:
        """The bodies, gzipped. A line may stand in two of them: readers take each value of `line` once."""
        if day not in self._days:
            self._days[day] = self._read(day)
        return self._days[day]

    def _read(self, day: date) -> tuple[bytes, ...]:
        """A file that was listed and is gone was merged meanwhile: its lines are in a file listed now."""
        read: dict[str, bytes] = {}
        for _ in range(ROUNDS):
            new = [key for key in self._files.names(folder(day)) if key not in read]
            found = {key: body for key, body in self._files.each(new) if body is not None}
            read |= found
            if len(found) == len(new):
                return tuple(read.values())
        raise TryAgain("the day's files were merged faster than they could be read")
