"""All entries of a store in memory, in parts and pages."""

import zlib
from datetime import datetime

from infra.twins.store import MemoryStore
from shared.domain.report.checkpoint import Page
from shared.domain.timeline.entry import Entry


class MemoryCensus:
    """`size` is how many items a page looks at, entries or not: an empty page is not the end."""

    def __init__(self, store: MemoryStore, size: int = 100) -> None:
        self._store, self.size = store, size

    together = staticmethod(map)  # one after another: the same every time

    def page(self, since: datetime, until: datetime, part: int, of: int, after: str) -> Page:
        items = dict(self._store.items)
        keys = sorted((key for key in items if _part(key[0], of) == part and _text(key) > after), key=_text)
        last = _text(keys[self.size - 1]) if len(keys) > self.size else ""
        looked = (items[key] for key in keys[: self.size])
        return Page(tuple(one for one in looked if isinstance(one, Entry) and since <= one.at <= until), last)


def _text(key: tuple[str, str]) -> str:
    return "\n".join(key)


def _part(pk: str, of: int) -> int:
    return zlib.crc32(pk.encode()) % of
