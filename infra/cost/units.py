"""What AWS bills for: counted where the twins are asked, in the units of infra/cost/prices.py."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from infra.cost.prices import PRICES
from infra.local.stepper.bus import ModelBus
from infra.local.stepper.queues import ModelSqs
from infra.twins.files import MemoryFiles
from infra.twins.sockets import MemorySockets
from infra.twins.store import MemoryStore
from shared.adapters import codec
from shared.adapters.table import key, ref_of, to_image
from shared.domain.change import Add, Delete, Put, Ref, Write

KB = 1024
SQS_CHUNK = EVENT_CHUNK = 64 * KB
FRAME = 32 * KB
LISTED = 1000  # keys of a page


@dataclass
class Units:
    """`billed` counts what costs, `requests` the calls a function waits for (its time follows)."""

    billed: Counter[str] = field(default_factory=Counter)
    requests: int = 0

    def add(self, unit: str, number: float = 1, requests: int = 0) -> None:
        self.billed[unit] += number  # type: ignore[assignment]  # seconds are fractions
        self.requests += requests

    def taken(self) -> Counter[str]:
        """What was billed since the last time."""
        billed, self.billed = self.billed, Counter()
        return billed


def cost(billed: Mapping[str, float]) -> float:
    return sum(PRICES[unit] * number for unit, number in billed.items())


def chunks(size: int, of: int) -> int:
    return max(1, -(-size // of))


def item_size(item: object) -> int:
    """Bytes as DynamoDB counts them: names and values in UTF-8, a number by its digits.

    docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    return sum(len(name.encode()) + _value_size(value) for name, value in to_image(item).items())


def _value_size(stored: Mapping[str, Any]) -> int:
    ((kind, value),) = stored.items()
    if kind == "N":
        return (len(str(value).strip("-0.")) + 1) // 2 + 1
    return 1 if kind == "BOOL" else len(str(value).encode())


class CountedStore(MemoryStore):
    """Strongly consistent reads: a unit per 4 KB, and one for what is not there. Writes: a unit per KB of
    the larger of before and after, twice in a transaction.
    """

    def __init__(self, units: Units) -> None:
        super().__init__()
        self._units = units

    def get(self, ref: Ref[Any]) -> Any:
        found = super().get(ref)
        self._units.add("dynamodb_reads", _read(found), requests=1)
        return found

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        found = super().get_all(*refs)
        self._units.add("dynamodb_reads", sum(map(_read, found)) * (1 if strong else 0.5), requests=1)
        return found

    def find(self, kind: type[Any], *partition: object, **how: Any) -> tuple[Any, ...]:
        found = super().find(kind, *partition, **how)
        units = chunks(sum(map(item_size, found)), 4 * KB) * (1 if how.get("strong", True) else 0.5)
        self._units.add("dynamodb_reads", units, requests=1)
        return found

    def count(self, kind: type, *partition: object, before: str = "", limit: int = 100) -> int:
        """Billed as reading what is counted; the rows behind `before` are left in."""
        rows: tuple[object, ...] = super().find(kind, *partition, limit=limit)
        self._units.add("dynamodb_reads", chunks(sum(map(item_size, rows)), 4 * KB), requests=1)
        return super().count(kind, *partition, before=before, limit=limit)

    def commit(self, *writes: Write) -> None:
        before = [self.items.get(key(ref_of(write.item))) for write in writes]
        super().commit(*writes)
        twice = 2 if len(writes) > 1 else 1
        units = sum(self._written(write, stood) for write, stood in zip(writes, before, strict=True))
        self._units.add("dynamodb_writes", twice * units, requests=1)

    def _written(self, write: Write, before: object) -> int:
        after = None if isinstance(write, Delete) else self.items.get(key(ref_of(write.item)))
        assert isinstance(write, (Put, Delete, Add))  # noqa: S101  # says what a Write is
        return max(chunks(item_size(item), KB) if item else 1 for item in (before, after))


def _read(item: object) -> int:
    return chunks(item_size(item), 4 * KB) if item else 1


class CountedSqs(ModelSqs):
    """Whoever sends pays, EventBridge's deliveries included. Receiving is counted by the stepper."""

    units: Units

    def send_message(self, QueueUrl: str, MessageBody: str, **more: Any) -> dict[str, Any]:
        self._count(QueueUrl, len(MessageBody.encode()))
        return super().send_message(QueueUrl, MessageBody, **more)

    def send_message_batch(self, QueueUrl: str, Entries: Any) -> dict[str, Any]:
        self._count(QueueUrl, sum(len(entry["MessageBody"].encode()) for entry in Entries))
        return super().send_message_batch(QueueUrl, Entries)

    def _count(self, url: str, size: int) -> None:
        self.units.add(kind_of(url), chunks(size, SQS_CHUNK), requests=1)


def kind_of(url: str) -> str:
    return "sqs_fifo" if url.endswith(".fifo") else "sqs_standard"


class CountedBus(ModelBus):
    units: Units

    def put_events(self, Entries: Any) -> dict[str, Any]:
        self.units.requests += 1
        requests = self.units.requests
        for entry in Entries:
            size = len(entry["Detail"].encode()) + len(entry["DetailType"]) + len(entry["Source"]) + 14
            self.units.add("events", chunks(size, EVENT_CHUNK))
        answer = super().put_events(Entries)
        self.units.requests = requests  # the bus delivers to its queues; nobody of ours waits for it
        return answer


class CountedSockets(MemorySockets):
    def __init__(self, units: Units) -> None:
        super().__init__()
        self._units = units

    def post(self, connection_id: str, frame: object) -> bool:
        self._units.add("websocket", chunks(len(codec.encode(frame).encode()), FRAME), requests=1)
        return super().post(connection_id, frame)


class CountedFiles(MemoryFiles):
    def __init__(self, units: Units) -> None:
        super().__init__()
        self._units = units

    def put(self, key: str, body: bytes, content_type: str = "application/octet-stream") -> None:
        self._units.add("s3_puts", requests=1)
        super().put(key, body, content_type)

    def sizes(self, prefix: str) -> dict[str, int]:
        found = super().sizes(prefix)
        pages = chunks(len(found), LISTED)
        self._units.add("s3_puts", pages, requests=pages)  # a listing costs as much
        return found

    def names(self, prefix: str) -> tuple[str, ...]:
        return tuple(self.sizes(prefix))

    def get(self, key: str) -> bytes | None:
        self._units.add("s3_gets", requests=1)
        return super().get(key)

    def each(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Many at once: what is waited for is their own processor time, a quarter of the usual."""
        self._units.add("s3_gets", len(keys), requests=chunks(len(keys), 4))
        return ((key, MemoryFiles.get(self, key)) for key in keys)

    def remove(self, keys: Sequence[str]) -> None:
        """Removing is free, but it is waited for."""
        self._units.requests += 1
        super().remove(keys)
