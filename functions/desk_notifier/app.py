"""Table stream → frames to the desks. A frame is a hint: what cannot be sent is dropped."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from shared.edge import stream
from shared.edge.deadline import SOCKET, Deadline, deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.desk.notify_desks import NotifyDesks


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return stream.consume(event, partial(notify, deadline(context, SOCKET)), stream.drop)


def notify(end: Deadline, written: Sequence[stream.Written]) -> None:
    news = [each.after for each in written if each.shows and not each.after.imported]
    world = ports()
    frames = NotifyDesks(world.store, world.desk_sockets, world.at_once, end)(news)
    logger().debug("desks_notified", entries=len(news), frames=frames)


early("store", "desk_sockets")
