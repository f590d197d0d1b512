"""Records of an SQS queue, one at a time: only what failed comes back, after its own pause."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from shared.adapters import codec
from shared.domain.errors import Conflict, Malformed, Rejected, TryAgain
from shared.edge.deadline import Deadline, endless
from shared.edge.observability import frames, logger
from shared.edge.settings import Misconfigured
from shared.edge.wiring import ports
from shared.ports import AtOnce
from shared.use_cases.at_once import one_after_another

T = TypeVar("T")
RECEIVES = 10  # as maxReceiveCount of the queues in the template, those of the senders excepted
LONGEST_PAUSE = 60
UNTOUCHED_PAUSE = 1  # of what there was no time for: it failed at nothing
AGAIN = (TryAgain, Conflict, Misconfigured)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A record as SQS delivered it. `group` is "" on a standard queue; `receives` counts from 1."""

    id: str
    body: str
    group: str
    receives: int
    sent_at: datetime
    receipt: str
    queue: str

    @property
    def pause(self) -> int:
        """Seconds until the next try: 2, 4, 8 … 60."""
        return int(min(LONGEST_PAUSE, 2 ** min(self.receives, 6)))


Handle = Callable[[Delivered], None]
GiveUp = Callable[[Delivered, str], None]
HandleTogether = Callable[[Sequence[Delivered]], Iterable[Delivered]]


def consume(
    event: Mapping[str, Any],
    handle: Handle,
    give_up: GiveUp | None = None,
    receives: int = RECEIVES,
    deadline: Deadline = endless,
    at_once: AtOnce = one_after_another,
) -> dict[str, Any]:
    """Handle every record and answer with those that failed.

    TryAgain makes a record fail, and on a FIFO queue those behind it in its group. What trying again
    cannot help, and any record on its last permitted receive, goes to `give_up`, which writes it
    down: left to fail, it would carry its neighbours into the dead letters. Without `give_up` the
    hopeless is logged and dropped (keys only!), and the last receive fails into the dead letters.

    Behind the `deadline` records come back untouched. Groups are handled `at_once`, the records of one
    group always in their order.
    """
    records = [_delivered(record) for record in event.get("Records", ())]

    def settled(record: Delivered) -> int:
        if deadline():
            return UNTOUCHED_PAUSE
        return _settle(record, handle, give_up, receives)

    pauses: dict[str, int] = {}
    for lane in at_once(lambda lane: _in_order(lane, settled), _lanes(records)):
        pauses |= lane
    failed = [(record, pauses[record.id]) for record in records if pauses[record.id]]
    _postpone(failed)
    return {"batchItemFailures": [{"itemIdentifier": record.id} for record, _ in failed]}


def _lanes(records: Sequence[Delivered]) -> list[list[Delivered]]:
    """What must stay in order, together: the records of a group, and each record of a standard queue."""
    lanes: dict[str, list[Delivered]] = {}
    for record in records:
        lanes.setdefault(f"group {record.group}" if record.group else record.id, []).append(record)
    return list(lanes.values())


def _in_order(lane: Sequence[Delivered], settled: Callable[[Delivered], int]) -> dict[str, int]:
    """The pause of each record, 0 for one that is done with: behind a failed one all others wait as long."""
    pauses: dict[str, int] = {}
    pause = 0
    for record in lane:
        pause = pause or settled(record)
        pauses[record.id] = pause
    return pauses


def reads(kind: type[T], use: Callable[[T], None]) -> Handle:
    """A handler of records that are one command each."""
    return lambda record: use(codec.decode(record.body, kind))


def consume_together(event: Mapping[str, Any], handle: HandleTogether) -> dict[str, Any]:
    """For who works on whole batches of a standard queue: `handle` answers with the records that failed.

    No group is held up, so what is hopeless fails too: the dead letters keep it for better code. Where
    anything breaks, each is alone; so after a second TryAgain, as the table may refuse one of them for ever.
    """
    failed = _failed([_delivered(record) for record in event.get("Records", ())], handle)
    _postpone((record, record.pause) for record in failed)
    return {"batchItemFailures": [{"itemIdentifier": record.id} for record in failed]}


def _failed(records: Sequence[Delivered], handle: HandleTogether) -> list[Delivered]:
    try:
        return list(handle(records))
    except AGAIN as error:
        logger().warning("batch_postponed", records=len(records), reason=str(error))
        if all(record.receives == 1 for record in records):
            return list(records)
    except Exception as error:
        logger().error("batch_broken", records=len(records), frames=frames(error))
    if len(records) < 2:
        return list(records)
    return [failed for record in records for failed in _failed([record], handle)]


def _settle(record: Delivered, handle: Handle, give_up: GiveUp | None, receives: int) -> int:
    """0 when the record is done with, else the seconds until it may be tried again."""
    write_down = None if give_up is None else lambda reason: give_up(record, reason)
    try:
        or_give_up(lambda: handle(record), write_down or _drop)
    except AGAIN as error:
        logger().warning("record_postponed", record=record.id, receives=record.receives, reason=str(error))
        if write_down and record.receives >= receives:
            return _give_up_last(record, write_down)
        return record.pause
    return 0


def _give_up_last(record: Delivered, write_down: Callable[[str], None]) -> int:
    """If even that fails, the dead letters keep it."""
    try:
        _write_down(write_down, "gave_up")
    except TryAgain:
        return record.pause
    return 0


def _write_down(write_down: Callable[[str], None], reason: str) -> None:
    """Raises TryAgain alone: whatever keeps us from writing it down must not fail its neighbours."""
    try:
        write_down(reason)
    except Exception as error:
        logger().error("not_written_down", reason=reason, frames=frames(error))
        raise TryAgain("it could not be written down") from error


def or_give_up(act: Callable[[], None], write_down: Callable[[str], None]) -> None:
    """Act; what trying again cannot help is written down with its reason. Raises what it can help."""
    try:
        act()
    except AGAIN:
        raise
    except Exception as error:
        logger().error("record_hopeless", reason=_reason(error), frames=frames(error))
        ports().meter.count("GivenUp")
        _write_down(write_down, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, Rejected):
        return str(error)
    return "malformed" if isinstance(error, Malformed) else f"bug_{type(error).__name__}"


def _drop(reason: str) -> None:
    """Nothing to write down: the record was a key or a hint, and the line above names it."""


def _postpone(failed: Iterable[tuple[Delivered, int]]) -> None:
    """Give each failed record its own pause; those behind it in its group wait as long, in order."""
    together: dict[tuple[str, int], list[str]] = {}
    for record, pause in failed:
        together.setdefault((record.queue, pause), []).append(record.receipt)
    for (queue, pause), receipts in together.items():
        ports().postpone(queue, receipts, pause)


def _delivered(record: Mapping[str, Any]) -> Delivered:
    attributes = record.get("attributes") or {}
    return Delivered(
        record["messageId"],
        record.get("body") or "",
        attributes.get("MessageGroupId", ""),
        int(attributes.get("ApproximateReceiveCount", 1)),
        datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(attributes.get("SentTimestamp", 0))),
        record.get("receiptHandle", ""),
        record.get("eventSourceARN", ""),
    )
