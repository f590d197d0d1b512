"""outbound-<channel>.fifo → the carrier of calls: who should be on the line is put there."""

from contextlib import suppress
from typing import Any

from functions import channels
from functions.operator.provider import Provider
from shared.adapters import codec
from shared.domain.channel.commands import Send
from shared.domain.errors import Malformed
from shared.edge import batch, carrier
from shared.edge.deadline import PROVIDER_AND_TABLE, deadline
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.use_cases.call.operate import Operate

RECEIVES = 100  # maxReceiveCount of the senders' queues


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    end = deadline(context, PROVIDER_AND_TABLE)
    operate = batch.reads(Send, operating())
    return batch.consume(event, operate, give_up, RECEIVES, end, ports().at_once)


def give_up(record: batch.Delivered, reason: str) -> None:
    with suppress(Malformed):  # then it names no line of a call
        operating().give_up(codec.decode(record.body, Send), reason)


def operating() -> Operate:
    return Operate(ports().store, channels.now, Provider())


def prepare() -> None:
    own = channels.load(environment.channel)
    channels.imported("outbound", environment.channel)
    early(*carrier.ports_of(own.traits))


early("store", "settings", then=prepare)
