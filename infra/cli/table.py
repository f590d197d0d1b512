"""Tables for the terminal: text left, numbers right."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(_line(row, widths) for row in cells)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if cell.replace(".", "").replace("-", "").isdigit() else cell.ljust(width)
        for cell, width in zip(row, widths, strict=True)
    )
    return "  ".join(aligned).rstrip()
