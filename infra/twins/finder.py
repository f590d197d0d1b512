"""An index of words in memory."""

from collections.abc import Iterable, Sequence

from shared.domain.errors import Conflict, TryAgain
from shared.domain.timeline.searched import Found, Indexed, Part, newest_first


class MemoryFinder:
    """`asked` counts what was looked into; while `away` nothing answers."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[int, list[Indexed]]] = {}
        self.asked: list[str] = []
        self.away = False

    def parts(self) -> tuple[str, ...]:
        self._answer()
        return newest_first(name for name, (_, lines) in self.kept.items() if lines)

    def find(self, part: str, marks: Sequence[str], before: int = 0, limit: int = 50) -> tuple[Found, ...]:
        self._answer()
        self.asked.append(part)
        lines = list(enumerate(self._of(part)[1], 1))
        fitting = [(n, line) for n, line in lines if {*marks} <= {*line.marks} and (not before or n < before)]
        return tuple(Found(n, line.timeline, line.seq) for n, line in reversed(fitting))[:limit]

    def add(self, part: str, lines: Sequence[Indexed]) -> None:
        self._answer()
        version, kept = self._of(part)
        self.kept[part] = (version + 1, _once([*kept, *lines]))

    def read(self, part: str) -> Part:
        self._answer()
        version, kept = self._of(part)
        found = [Found(n, line.timeline, line.seq) for n, line in enumerate(kept, 1)]
        return Part(part, str(version), found)

    def replace(self, part: Part, lines: Iterable[Indexed]) -> None:
        self._answer()
        told = _once(lines)
        version, _ = self._of(part.name)
        if str(version) != part.version:
            raise Conflict((0,))
        self.kept[part.name] = (version + 1, told)

    def _of(self, part: str) -> tuple[int, list[Indexed]]:
        return self.kept.get(part, (0, []))

    def _answer(self) -> None:
        if self.away:
            raise TryAgain("the index does not answer")


def _once(lines: Iterable[Indexed]) -> list[Indexed]:
    kept: dict[tuple[str, int], Indexed] = {}
    for line in lines:
        kept.setdefault((line.timeline, line.seq), line)
    return list(kept.values())
