"""New settings for the centre: a version that is never changed, and the pointer to it."""

from dataclasses import dataclass

from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import ABSENT, ANY, Put, Ref
from shared.domain.errors import Refused
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Heartbeat
from shared.ports import Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class Configure:
    store: Store

    def __call__(self, centre: Centre) -> int:
        """Returns the version that holds now; the same settings again make no new one."""
        return retry_on_conflict(lambda: self._configure(centre))

    def _leaves_nobody(self, before: Centre, after: Centre) -> None:
        """Raises Refused `pool_in_use` where somebody waits or works in a pool that would be gone."""
        for queue in before.queues:
            moves = after.pool_of(queue.name) != queue.pool
            if moves and self.store.find(Waiting, queue.pool, queue.name, limit=1):
                raise _in_use(f"customers wait in queue {queue.name}: keep it in pool {queue.pool}")
        for pool in before.pools:
            if pool not in after.pools and self.store.find(Heartbeat, pool, limit=1):
                raise _in_use(f"agents work in pool {pool}: keep a queue with it")

    def _configure(self, centre: Centre) -> int:
        pointer = self.store.get(Ref(ConfigPointer))
        current = self.store.get(Ref(Config, pointer.n)) if pointer else None
        if current and current.centre == centre:
            return current.n
        self._leaves_nobody(current.centre if current else Centre(), centre)
        n = pointer.n + 1 if pointer else 1
        self.store.commit(Put(Config(n, centre), over=ABSENT), Put(ConfigPointer(n), over=ANY))
        return n


def _in_use(sentence: str) -> Refused:
    return Refused("pool_in_use", f"The settings are as before: {sentence}.", status=409)
