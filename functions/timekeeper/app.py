"""Timers: a delayed message each, and every minute a round for what lies further off."""

from collections.abc import Sequence
from typing import Any

from functions import channels
from shared.domain.channel.commands import Due
from shared.domain.routing.seats import OpenClass
from shared.edge import batch
from shared.edge.deadline import TABLE, deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.keep_time import KeepTime


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "Records" in event:
        return batch.consume(event, batch.reads(Due, keep_time().fire), deadline=deadline(context, TABLE))
    keep_time().sweep(deadline(context, TABLE))
    return {}


def keep_time() -> KeepTime:
    world = ports()
    return KeepTime(world.store, channels.now, world.outbox, world.at_once, in_vain)


def in_vain(classes: Sequence[OpenClass]) -> None:
    """An alarm looks at the number; the line says which."""
    ports().meter.count("NobodyFits", len(classes))
    told = [f"{one.queue}: {one.klass}" for one in classes]
    logger().warning("nobody_fits", classes=told)


early("store", "settings", "outbox", then=channels.imported)
