"""New settings for the centre: a version that is never changed, and the pointer to it."""

from dataclasses import dataclass

from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import ABSENT, ANY, Put, Ref
from shared.ports import Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class Configure:
    store: Store

    def __call__(self, centre: Centre) -> int:
        """Returns the version that holds now; the same settings again make no new one."""
        return retry_on_conflict(lambda: self._configure(centre))

    def _configure(self, centre: Centre) -> int:
        pointer = self.store.get(Ref(ConfigPointer))
        current = self.store.get(Ref(Config, pointer.n)) if pointer else None
        if current and current.centre == centre:
            return current.n
        n = pointer.n + 1 if pointer else 1
        self.store.commit(Put(Config(n, centre), over=ABSENT), Put(ConfigPointer(n), over=ANY))
        return n
