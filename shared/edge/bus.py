"""Facts as EventBridge hands them on through an SQS queue."""

from collections.abc import Mapping
from typing import Any

from shared.adapters import codec
from shared.domain.errors import Malformed
from shared.domain.timeline.bus_facts import Fact


def fact_of(body: str) -> Fact:
    """The fact in an event of the bus: its name is the detail-type. Raises Malformed, TryAgain when newer."""
    event: Mapping[str, Any] = codec.decode(body, dict[str, Any])
    detail = event.get("detail")
    if not isinstance(detail, dict):
        raise Malformed("not an event of the bus")
    return codec.convert({**detail, "name": event.get("detail-type")}, Fact)
