"""Every request our adapters make of AWS, as it leaves: which, how many items, and their write units."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSRequest

from shared.adapters import clients

SERVICES = ("sqs", "events", "dynamodb", "s3", "secretsmanager")
KILOBYTE = 1024


@dataclass
class Requests:
    """`seen` counts operations, `items` the items of transactions; `units` are DynamoDB's write units."""

    seen: Counter[str] = field(default_factory=Counter)
    items: list[int] = field(default_factory=list)
    units: int = 0

    def watch(self) -> None:
        """Stand before the clients of our adapters. Whoever answers them stands behind."""
        for service in SERVICES:
            clients.client(service).meta.events.register_first("before-send.*.*", self)

    def __call__(self, request: AWSRequest, **_: object) -> None:
        target = request.headers.get("X-Amz-Target", b"")
        name = target.decode() if isinstance(target, bytes) else str(target)
        operation = name.rpartition(".")[2] or f"{request.method} s3"
        self.seen[operation] += 1
        if operation in UNITS:
            self._count(json.loads(request.body))

    def of(self) -> dict[str, int]:
        """What was seen since the last time."""
        told = dict(self.seen)
        self.seen.clear()
        return told

    def transaction(self) -> int:
        """The number of items of the only transaction since the last time."""
        (found,) = self.items
        self.items.clear()
        return found

    def written(self) -> int:
        """Write units since the last time."""
        told, self.units = self.units, 0
        return told

    def forget(self) -> None:
        self.seen.clear()
        self.items.clear()
        self.units = 0

    def _count(self, told: Mapping[str, Any]) -> None:
        writes = told.get("TransactItems")
        if writes is None:
            self.units += _units(told)
            return
        self.items.append(len(writes))
        self.units += sum(2 * _units(next(iter(write.values()))) for write in writes)


UNITS = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})


def _units(write: Mapping[str, Any]) -> int:
    """A unit per started KB; of an update or delete the item is not seen, ours stay below one."""
    return max(1, math.ceil(size(write["Item"]) / KILOBYTE)) if "Item" in write else 1


def size(item: Mapping[str, Mapping[str, Any]]) -> int:
    """Bytes of an item as DynamoDB counts them: names and values
    (docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
    """
    return sum(len(name.encode()) + _value(*next(iter(told.items()))) for name, told in item.items())


def _value(kind: str, value: Any) -> int:
    if kind == "N":
        return math.ceil(len(str(value).strip("-").replace(".", "")) / 2) + 1
    return len(value.encode()) if kind == "S" else 1
