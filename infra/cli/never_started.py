"""Functions that could not even be imported, on this machine.

On AWS such an error stands in the function's own log. The embedded AWS writes it into its own instead.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from infra.cli.place import Place

LINE = re.compile(
    r"^(?P<at>[\d-]+ [\d:]+) ERROR \[lambda\] Warm worker execution error for (?P<name>\S+): (?P<why>.*)"
)


def never_started(place: Place) -> Iterator[dict[str, Any]]:
    """Lines as the log commands know them; none for a deployed stack."""
    if not place.local or not (log := Path(place.run["state_dir"]) / "emulator.log").exists():
        return
    for line in log.read_text(errors="replace").splitlines():
        if found := LINE.match(line):
            yield _line(place.stack, found)


def _line(stack: str, found: re.Match[str]) -> dict[str, Any]:
    function = found["name"].removeprefix(f"{stack}-").rpartition("-")[0]
    at = int(datetime.fromisoformat(found["at"]).astimezone().timestamp() * 1000)
    return {"id": sha256(found[0].encode()).hexdigest(), "at": at, "function": function, "text": found["why"]}
