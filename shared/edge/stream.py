"""Records of the table's stream: entries as they were and are. No batch fails for one record's sake."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.adapters import codec
from shared.adapters.table import from_image
from shared.domain.errors import Conflict, TryAgain
from shared.domain.timeline.entry import Delivery, Entry
from shared.edge.observability import frames, logger
from shared.edge.wiring import ports

AGAIN = (TryAgain, Conflict)


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that was written; `before` is None when it is new, else only states changed."""

    before: Entry | None
    after: Entry

    @property
    def shows(self) -> bool:
        """Whether somebody looking at the timeline would see a difference: a provider's word that only
        repeats what we knew is noted on the entry, and is no news. Neither is what lies on the way: the
        claim before a send, and that the carrier took it; how it ended, is.
        """
        old, new = self.before, self.after
        changed = old is None or _told(old) != _told(new)
        return changed and new.delivery not in ON_THE_WAY


def _told(entry: Entry) -> tuple[object, ...]:
    """What is shown of an entry and may change."""
    return entry.delivery, entry.delivery_reason, tuple(part.state for part in entry.content.parts)


ON_THE_WAY = (Delivery.SENDING, Delivery.SENT)
Handle = Callable[[Sequence[Written]], None]
Park = Callable[[str, str], None]


def consume(event: Mapping[str, Any], handle: Handle, park: Park) -> dict[str, Any]:
    """Give all entries of the batch to `handle`; what cannot be understood or handled goes to `park`
    whole, with a reason. TryAgain (from either) asks for the same batch again.
    """
    records = event.get("Records", ())
    try:
        _handle(list(_understood(records, park)), handle, park)
    except AGAIN as error:
        logger().warning("stream_postponed", records=len(records), reason=str(error))
        first = records[0]["dynamodb"]["SequenceNumber"]
        return {"batchItemFailures": [{"itemIdentifier": first}]}
    return {"batchItemFailures": []}


def drop(record: str, reason: str) -> None:
    """A `park` for a consumer that may lose a record: a frame to a desk is only a hint."""


def _understood(
    records: Sequence[Mapping[str, Any]], park: Park
) -> Iterator[tuple[Mapping[str, Any], Written]]:
    for record in records:
        try:
            written = _written(record)
        except Exception as error:
            _park(record, error, park)
            continue
        if written:
            yield record, written


def _written(record: Mapping[str, Any]) -> Written | None:
    """None for what is no writing of an entry: an erasure, or another kind of item."""
    images = record["dynamodb"]
    if record.get("eventName") == "REMOVE":
        return None
    after = from_image(images["NewImage"])
    if not isinstance(after, Entry):
        return None
    old = images.get("OldImage")
    return Written(from_image(old) if old else None, after)


def _handle(pairs: Sequence[tuple[Mapping[str, Any], Written]], handle: Handle, park: Park) -> None:
    """All together; if that breaks, one by one, and what breaks alone is parked. Repeats are harmless."""
    if not pairs:
        return
    try:
        handle([written for _, written in pairs])
    except AGAIN:
        raise
    except Exception as error:
        if len(pairs) == 1:
            _park(pairs[0][0], error, park)
            return
        for pair in pairs:
            _handle([pair], handle, park)


def _park(record: Mapping[str, Any], error: Exception, park: Park) -> None:
    reason = type(error).__name__
    logger().error("record_parked", record=record.get("eventID", ""), reason=reason, frames=frames(error))
    ports().meter.count("Parked")
    park(codec.encode(record), reason)
