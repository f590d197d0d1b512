"""A time limit for a conversation over a socket, however slowly the other side speaks."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Clock:
    """The time left. When it is over the socket in use is shut, whatever waits for it: a server that sends a
    byte now and then never runs into the time of a single read.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self) -> float:
        return self._end - time.monotonic()

    def left(self) -> float:
        """Raises TimeoutError when none is."""
        if (seconds := self()) <= 0:
            raise TimeoutError
        return seconds

    def watch(self, one: socket.socket) -> None:
        with self._lock:
            self._socket = one
        one.settimeout(self.left())

    def stop(self) -> None:
        self._timer.cancel()

    def _shut(self) -> None:
        with self._lock, suppress(OSError):
            if self._socket:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # TLS's own is not for two threads


@contextmanager
def limited(seconds: float) -> Iterator[Clock]:
    clock = Clock(seconds)
    try:
        yield clock
    finally:
        clock.stop()
