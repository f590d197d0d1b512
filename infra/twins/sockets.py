"""Open sockets in memory, each with the frames it got."""

import json
from typing import Any

from shared.adapters import codec
from shared.domain.errors import TryAgain


class MemorySockets:
    """Only what was opened takes frames; `frames` keeps those of closed sockets too. The next
    `refusing` requests fail."""

    def __init__(self) -> None:
        self.frames: dict[str, list[Any]] = {}
        self.refusing = 0
        self._open: set[str] = set()

    def open(self, connection_id: str) -> None:
        self._open.add(connection_id)
        self.frames.setdefault(connection_id, [])

    def close(self, connection_id: str) -> None:
        if self.refusing:
            self.refusing -= 1
            raise TryAgain("the socket did not answer")
        self._open.discard(connection_id)

    def post(self, connection_id: str, frame: object) -> bool:
        if self.refusing:
            self.refusing -= 1
            raise TryAgain("the socket did not take the frame")
        if connection_id not in self._open:
            return False
        self.frames[connection_id].append(json.loads(codec.encode(frame)))
        return True
