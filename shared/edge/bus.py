"""Facts as EventBridge hands them on through an SQS queue."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.adapters import codec
from shared.domain.errors import Malformed
from shared.domain.timeline.bus_facts import Fact
from shared.edge.batch import Delivered
from shared.edge.observability import logger


def fact_of(body: str) -> Fact:
    """The fact in an event of the bus: its name is the detail-type. Raises Malformed, TryAgain when newer."""
    event: Mapping[str, Any] = codec.decode(body, dict[str, Any])
    detail = event.get("detail")
    if not isinstance(detail, dict):
        raise Malformed("not an event of the bus")
    return codec.convert({**detail, "name": event.get("detail-type")}, Fact)


def facts_of(records: Sequence[Delivered]) -> tuple[list[tuple[Delivered, Fact]], list[Delivered]]:
    """The facts of a batch beside their records, and the records that are none: those stay in the queue and
    end among the dead letters.
    """
    facts: list[tuple[Delivered, Fact]] = []
    failed: list[Delivered] = []
    for record in records:
        try:
            facts.append((record, fact_of(record.body)))
        except Malformed as error:
            logger().error("fact_malformed", record=record.id, reason=str(error))
            failed.append(record)
    return facts, failed
