"""Table stream → frames to the desks. A frame is a hint: what cannot be sent is dropped."""

from collections.abc import Sequence
from typing import Any

from shared.edge import stream
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.wiring import ports
from shared.use_cases.desk.notify_desks import NotifyDesks


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return stream.consume(event, notify, stream.drop)


def notify(written: Sequence[stream.Written]) -> None:
    news = [each.after for each in written if each.shows and not each.after.imported]
    frames = NotifyDesks(ports().store, ports().desk_sockets)(news)
    logger().debug("desks_notified", entries=len(news), frames=frames)


early("store", "desk_sockets")
