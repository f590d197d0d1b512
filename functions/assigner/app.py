"""routing.fifo → offers: a wake is a hint to look at a pool, and a look may find nothing."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from functions import channels
from shared.adapters import codec
from shared.domain.channel.commands import Wake
from shared.domain.errors import Malformed, TryAgain
from shared.edge import batch
from shared.edge.deadline import LOOK, deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.routing.assign_waiting import AssignWaiting


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """One look for all wakes of a pool in a batch: the first one takes it, the others are then done with."""
    told, looked = list(_wakes(event)), set[str]()

    def use(wake: Wake) -> None:
        if wake.pool not in looked:
            look(wake.pool, [one for one in told if one.pool == wake.pool])
            looked.add(wake.pool)

    return batch.consume(event, batch.reads(Wake, use), deadline=deadline(context, LOOK))


def look(pool: str, wakes: list[Wake]) -> None:
    world = ports()
    made = AssignWaiting(world.store, channels.now, world.many_at_once)(pool, wakes)
    logger().info("pool_looked_at", pool=pool, wakes=len(wakes), offers=made)


def _wakes(event: dict[str, Any]) -> Iterator[Wake]:
    """Those that can be read; what becomes of the others, `consume` knows."""
    for record in event.get("Records", ()):
        with suppress(Malformed, TryAgain):
            yield codec.decode(record.get("body") or "", Wake)


early("store", "settings", then=channels.imported)
