"""How many frames a minute one socket may send, counted in memory: the table would cost a write each."""

from collections import OrderedDict
from datetime import datetime, timedelta

FRAMES, SPAN = 240, timedelta(minutes=1)  # a widget that was away acknowledges a hundred at once
SOCKETS = 1000


class Pace:
    """Counted by each process for itself. One socket's frames meet as many processes as it keeps busy at
    once, so whoever floods gets a small multiple; an exact count would cost every message a write.
    """

    def __init__(self, frames: int = FRAMES, span: timedelta = SPAN) -> None:
        self._most, self._span = frames, span
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def __call__(self, connection_id: str, now: datetime) -> bool:
        """Whether the socket may say this as well."""
        begin, frames = self._counts.pop(connection_id, (now, 0))
        begin, frames = (begin, frames) if now - begin < self._span else (now, 0)
        self._counts[connection_id] = begin, frames + 1
        if len(self._counts) > SOCKETS:
            self._counts.popitem(last=False)
        return frames < self._most
