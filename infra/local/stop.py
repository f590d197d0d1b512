"""Ctrl-C, `make stop` and a closed terminal: heard in any second, asked once or many times."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody stopped it in the middle; no Exception, so that nothing on the way takes it for a failure."""


class Stop:
    """Catches the signals from the moment it is made; `asked` is set by the first."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._interrupts = False
        for number in SIGNALS:
            signal.signal(number, self._heard)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """The first signal, or one from before, ends the block with Stopped; later ones do nothing."""
        self._interrupts = True
        try:
            if self.asked.is_set():
                raise Stopped
            yield
        finally:
            self._interrupts = False

    def _heard(self, *_: object) -> None:
        self.asked.set()
        if self._interrupts:
            self._interrupts = False
            raise Stopped
