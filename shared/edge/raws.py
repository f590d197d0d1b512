"""Provider events from a queue, one or (through a pointer) many to a record."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from shared.adapters import codec
from shared.domain.channel.commands import Pointer, Raw
from shared.domain.channel.named import name_of, whole_minute
from shared.domain.errors import Malformed, Rejected, TryAgain
from shared.edge.batch import Delivered, consume, or_give_up
from shared.edge.deadline import Deadline, endless
from shared.edge.observability import correlate
from shared.edge.wiring import ports


def consume_raws(
    event: Mapping[str, Any],
    handle: Callable[[Raw], None],
    give_up: Callable[[Raw, str], None],
    deadline: Deadline = endless,
) -> dict[str, Any]:
    """`handle` gets each event; what is hopeless goes to `give_up` with its reason."""

    done: list[Raw] = []

    def each(record: Delivered) -> None:
        for raw in _raws(record):
            correlate(raw.acceptance)
            or_give_up(lambda raw=raw: handle(raw), lambda why, raw=raw: give_up(raw, why))  # type: ignore[misc]
            done.append(raw)

    def all_of_it(record: Delivered, reason: str) -> None:
        for raw in _raws_or_record(record):
            give_up(raw, reason)
            done.append(raw)

    answer = consume(event, each, all_of_it, deadline=deadline)
    settled(done)
    return answer


def settled(raws: Iterable[Raw]) -> None:
    """Write down the names of what has its outcome: before the queue is told, so that none goes unnamed. A
    crash before it brings all of them again.
    """
    together: dict[tuple[str, datetime], list[str]] = {}
    for raw in raws:
        together.setdefault((raw.channel, whole_minute(raw.accepted_at)), []).append(name_of(raw))
    for (channel, at), names in together.items():
        ports().meter.settled(channel, at, names)


def _raws(record: Delivered) -> tuple[Raw, ...]:
    if not record.body.startswith('{"pointer"'):
        return (codec.decode(record.body, Raw),)
    body = ports().files.get(codec.decode(record.body, Pointer).pointer)
    if body is None:
        raise Rejected("pointed_to_nothing")
    return tuple(codec.decode(body, list[Raw]))


def _raws_or_record(record: Delivered) -> Iterable[Raw]:
    """The events of a record; one that cannot be read stands for itself, so that nothing is lost."""
    try:
        return _raws(record)
    except (Malformed, Rejected, TryAgain):
        return (Raw("unknown", record.id, record.id, record.sent_at, record.body, record.group),)
