"""The facts of a recorded day, as they lie in the raw partitions."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Line = Mapping[str, Any]


def lines_of(parts: Iterable[bytes]) -> Iterator[Line]:
    """Each fact once: one may stand in two files."""
    seen: set[str] = set()
    for part in parts:
        for text in gzip.decompress(part).decode().splitlines():
            line = json.loads(text)
            if line["line"] not in seen:
                seen.add(line["line"])
                yield line
