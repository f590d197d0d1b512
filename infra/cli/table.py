"""Tables for the terminal: columns of numbers stand right, all others left."""

import re
from collections.abc import Iterable, Sequence

NUMBER = re.compile(r"-?\d+(\.\d+)?")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    body = [[str(cell) for cell in row] for row in rows]
    columns = [_aligned(head, cells) for head, *cells in zip(heads, *body, strict=True)]
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def _aligned(head: str, cells: list[str]) -> list[str]:
    width = max(map(len, [head, *cells]))
    numbers = bool(cells) and all(NUMBER.fullmatch(cell) for cell in cells)
    return [cell.rjust(width) if numbers else cell.ljust(width) for cell in [head, *cells]]
