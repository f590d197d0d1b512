"""The centre's settings: an immutable version, and a pointer looked at every 10 seconds at most."""

from collections.abc import Callable
from datetime import datetime, timedelta

from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import Ref
from shared.ports import Clock, Store

LOOK = timedelta(seconds=10)


class StoredSettings:
    def __init__(self, store: Callable[[], Store], clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._looked: datetime | None = None
        self._config = Config(0, Centre())

    def centre(self) -> Centre:
        """The settings that hold; the demo centre's where none were ever written. Raises TryAgain."""
        now = self._clock()
        if self._looked is None or now - self._looked >= LOOK:
            self._look()
            self._looked = now
        return self._config.centre

    def _look(self) -> None:
        pointer = self._store().get(Ref(ConfigPointer))
        if pointer is None or pointer.n == self._config.n:
            return
        self._config = self._store().get(Ref(Config, pointer.n)) or self._config
