"""The table's stream as its readers see it: filtered, in order for each item, and no other order."""

import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from infra.local.stepper.patterns import matches
from infra.local.stepper.plan import SourcePlan
from infra.local.stepper.values import PSEUDO
from infra.twins.store import Written
from shared.adapters.table import to_image

Record = Mapping[str, Any]


def record(number: int, written: Written, at: datetime) -> Record:
    """A stream record (NEW_AND_OLD_IMAGES) of an item as it was and as it is."""
    before, after = (to_image(item) if item else None for item in written)
    image = after or before or {}
    images = {"OldImage": before, "NewImage": after}
    return {
        "eventID": f"{number:032x}",
        "eventName": "REMOVE" if after is None else "MODIFY" if before else "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": PSEUDO["AWS::Region"],
        "dynamodb": {
            "ApproximateCreationDateTime": int(at.timestamp()),
            "Keys": {"pk": image["pk"], "sk": image["sk"]},
            **{name: told for name, told in images.items() if told},
            "SequenceNumber": f"{number:021}",
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }


@dataclass
class Reader:
    """One event source mapping on the stream: what it has not handled yet."""

    plan: SourcePlan
    backlog: list[Record] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    dropped: list[Record] = field(default_factory=list)

    def see(self, records: Sequence[Record]) -> None:
        """What passes the mapping's filter (a record passes when any of its patterns matches)."""
        patterns = self.plan.patterns
        self.backlog += [r for r in records if not patterns or any(matches(p, r) for p in patterns)]

    def next(self, most: int, chance: random.Random | None) -> list[Record]:
        """The next batch. Only the order of one item's records is promised: by `chance` any other. It also
        says which of the hands goes on, while the others' records wait for however long.
        """
        if chance is None:
            return self.backlog[:most]
        hand = chance.choice(sorted({self._hand(record) for record in self.backlog}) or [0])
        own = [record for record in self.backlog if self._hand(record) == hand]
        return list(_shuffled(own, chance))[:most]

    def _hand(self, record: Record) -> int:
        """An item's records all go through the same hand."""
        return zlib.crc32(str(record["dynamodb"]["Keys"]).encode()) % self.plan.hands

    def done(self, records: Sequence[Record]) -> None:
        handled = {id(record) for record in records}
        self.backlog = [record for record in self.backlog if id(record) not in handled]

    def failed(self, records: Sequence[Record]) -> None:
        """They come again, unless the mapping has tried often enough; then they are dropped."""
        for record in records:
            number = number_of(record)
            self.tries[number] = self.tries.get(number, 0) + 1
        spent = [r for r in records if 0 <= self.plan.attempts < self.tries[number_of(r)]]
        self.dropped += spent
        self.done(spent)


def number_of(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def _shuffled(records: Sequence[Record], chance: random.Random) -> Iterator[Record]:
    """Any interleaving of the items' own orders."""
    items: dict[str, list[Record]] = {}
    for record in records:
        items.setdefault(str(record["dynamodb"]["Keys"]), []).append(record)
    while items:
        item = chance.choice(sorted(items))
        yield items[item].pop(0)
        if not items[item]:
            del items[item]
