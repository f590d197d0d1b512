"""inbound.fifo → the timeline: each customer event becomes exactly one outcome."""

from functools import partial
from typing import Any

from functions import channels
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome
from shared.domain.channel.self_check import SENT_BY_US, is_self_check
from shared.edge import raws
from shared.edge.deadline import TABLE, deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.channel.keep_payload import keep_payload
from shared.use_cases.channel.route_message import RouteMessage
from shared.use_cases.channel.set_aside import SetAside


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return raws.consume_raws(event, handle, give_up, deadline(context, TABLE))


def handle(raw: Raw) -> None:
    parsed = SENT_BY_US if is_self_check(raw) else channels.load(raw.channel).inbound.parse(raw)
    outcome = route_message()(raw, parsed)
    logger().info("event_routed", channel=raw.channel, outcome=outcome)


def give_up(raw: Raw, reason: str) -> None:
    SetAside(ports().store, channels.now)(keep_payload(ports().files, raw), Outcome.REJECTED, reason)


def route_message() -> RouteMessage:
    world = ports()
    keep = partial(keep_payload, world.files)
    return RouteMessage(world.store, channels.now, keep=keep, flows=world.settings.flow)


early("store", "settings", then=lambda: channels.imported("inbound"))
