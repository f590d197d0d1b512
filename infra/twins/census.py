"""All entries of a store in memory."""

from collections.abc import Iterator
from datetime import datetime

from infra.twins.store import MemoryStore
from shared.domain.timeline.entry import Entry


class MemoryCensus:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def entries(self, since: datetime, until: datetime) -> Iterator[Entry]:
        items = list(self._store.items.values())
        return (item for item in items if isinstance(item, Entry) and since <= item.at <= until)
