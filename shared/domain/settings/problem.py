"""What is wrong with settings, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` leads to the field as the document names it (`queues`, `0`, `rings`, `1`). `code` is a row of
    words/of_problems.py, and `values` fill its sentence.
    """

    path: Path
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def problem(path: Path, code: str, **values: object) -> Problem:
    return Problem(path, code, {name: str(value) for name, value in values.items()})
