"""Ctrl-C, `make stop` and a closed terminal: heard in any second, asked once or many times."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody stopped it in the middle; no Exception, so that nothing on the way takes it for a failure."""


class Stop:
    """Catches the signals from the moment it is made; `asked` is true from the first on.

    A plain truth and no threading.Event: a handler runs between any two steps of the main thread, also while
    that holds the lock which Event.set() would wait for.
    """

    def __init__(self) -> None:
        self.asked = False
        self._interrupts = False
        for number in SIGNALS:
            signal.signal(number, self._heard)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """The first signal, or one from before, ends the block with Stopped; later ones do nothing."""
        self._interrupts = True
        try:
            if self.asked:
                raise Stopped
            yield
        finally:
            self._interrupts = False

    def _heard(self, *_: object) -> None:
        self.asked = True
        if self._interrupts:
            self._interrupts = False
            raise Stopped


@contextmanager
def held_back() -> Iterator[None]:
    """Signals wait for the end of the block: a child process is either not there yet or known to us.

    Handlers are exchanged and not masked, as a child would inherit the mask.
    """
    heard: list[int] = []
    before = {number: signal.signal(number, lambda number, _: heard.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if heard:
            signal.raise_signal(heard[0])
