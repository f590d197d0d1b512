"""A store in which something happens between two reads: what a lost race looks like from inside."""

from collections.abc import Callable
from typing import Any

from infra.twins.store import MemoryStore
from shared.domain.change import Ref


class Between:
    """The same store; `other` is done once, just before the first item of this kind is read."""

    def __init__(self, store: MemoryStore, kind: type, other: Callable[[], object]) -> None:
        self._store, self._kind, self._other = store, kind, other

    def get(self, ref: Ref[Any]) -> Any:
        if ref.kind is self._kind:
            other, self._other = self._other, lambda: None
            other()
        return self._store.get(ref)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
