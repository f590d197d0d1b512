"""Table stream → queues and bus: what was written is handed on, keys only."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from functions import channels
from shared.edge import stream
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.channel.publish_entries import PublishEntries


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return stream.consume(event, publish, ports().outbox.park)


def publish(written: Sequence[stream.Written]) -> None:
    world = ports()
    hand_on = PublishEntries(world.outbox, world.store, world.clock, calls())
    hand_on([(each.before, each.after) for each in written])


@cache
def calls() -> frozenset[str]:
    """The channels of telephone calls."""
    return frozenset(one.name for one in channels.traits().all if one.calls)


early("outbox", "store", then=calls)
