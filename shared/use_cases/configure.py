"""New settings for the centre: a version that is never changed, and the pointer to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import ABSENT, ANY, Put, Ref
from shared.domain.errors import Refused
from shared.domain.flow.flow import Flow, FlowVersion, flow_part
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Heartbeat
from shared.domain.template import TEMPLATES, Template, Templates
from shared.ports import Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class Configure:
    store: Store

    def __call__(self, centre: Centre, templates: Sequence[Template] = (), flows: Sequence[Flow] = ()) -> int:
        """Returns the version that holds now; the same settings again make no new one."""
        return retry_on_conflict(lambda: self._configure(centre, tuple(templates), tuple(flows)))

    def _leaves_nobody(self, before: Centre, after: Centre) -> None:
        """Raises Refused `pool_in_use` where somebody waits or works in a pool that would be gone."""
        for queue in before.queues:
            moves = after.pool_of(queue.name) != queue.pool
            if moves and self.store.find(Waiting, queue.pool, queue.name, limit=1):
                raise _in_use(f"customers wait in queue {queue.name}: keep it in pool {queue.pool}")
        for pool in before.pools:
            if pool not in after.pools and self.store.find(Heartbeat, pool, limit=1):
                raise _in_use(f"agents work in pool {pool}: keep a queue with it")

    def _configure(self, centre: Centre, templates: tuple[Template, ...], flows: tuple[Flow, ...]) -> int:
        """All parts in one transaction: whoever sees the pointer finds what it points to."""
        pointer = self.store.get(Ref(ConfigPointer))
        current = self.store.get(Ref(Config, pointer.n)) if pointer else None
        if current and self._same(current, centre, templates, flows):
            return current.n
        self._leaves_nobody(current.centre if current else Centre(), centre)
        n = pointer.n + 1 if pointer else 1
        written = _parts(n, templates, flows)
        config = Config(n, centre, tuple(written))
        parts = (Put(part, over=ABSENT) for part in written.values())
        self.store.commit(Put(config, over=ABSENT), *parts, Put(ConfigPointer(n), over=ANY))
        return n

    def _same(
        self, current: Config, centre: Centre, templates: tuple[Template, ...], flows: tuple[Flow, ...]
    ) -> bool:
        parts = _parts(current.n, templates, flows)
        if current.centre != centre or current.parts != tuple(parts):
            return False
        return all(self.store.get(ref) == part for ref, part in _named(current.n, parts))


def _parts(
    n: int, templates: tuple[Template, ...], flows: tuple[Flow, ...]
) -> dict[str, FlowVersion | Templates]:
    """What belongs to a version besides the centre, by name."""
    told: dict[str, FlowVersion | Templates] = {flow_part(f.name): FlowVersion(n, f.name, f) for f in flows}
    return told | ({TEMPLATES: Templates(n, templates)} if templates else {})


def _named(n: int, parts: dict[str, FlowVersion | Templates]) -> Iterator[tuple[Ref[Any], object]]:
    for part in parts.values():
        name = (part.name,) if isinstance(part, FlowVersion) else ()
        yield Ref(type(part), n, *name), part


def _in_use(sentence: str) -> Refused:
    return Refused("pool_in_use", f"The settings are as before: {sentence}.", status=409)
