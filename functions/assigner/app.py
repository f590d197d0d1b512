"""routing.fifo → offers: a wake is a hint to look at a pool, and a look may find nothing."""

from typing import Any

from functions import channels
from shared.domain.channel.commands import Wake
from shared.edge import batch
from shared.edge.deadline import TABLE, deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.routing.assign_waiting import AssignWaiting


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return batch.consume(event, batch.reads(Wake, look), deadline=deadline(context, TABLE))


def look(wake: Wake) -> None:
    world = ports()
    made = AssignWaiting(world.store, channels.now)(wake.pool)
    logger().info("pool_looked_at", pool=wake.pool, offers=made)


early("store", "settings", then=channels.imported)
