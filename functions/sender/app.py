"""outbound-<channel>.fifo → the provider. One function per channel: same code, own role and secret."""

from contextlib import suppress
from typing import Any

from functions import channels
from shared.adapters import codec
from shared.domain.channel.carriage import NoAnswer, Result
from shared.domain.channel.commands import Send
from shared.domain.errors import Malformed
from shared.domain.timeline.entry import Entry
from shared.edge import batch, carrier
from shared.edge.deadline import PROVIDER_AND_TABLE, deadline
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.use_cases.channel.send_queued import SendQueued

RECEIVES = 100  # maxReceiveCount of the senders' queues: what is tried again ends by its own give_up_at


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    end = deadline(context, PROVIDER_AND_TABLE)
    send = batch.reads(Send, sending())
    return batch.consume(event, send, give_up, RECEIVES, end, ports().at_once)


def give_up(record: batch.Delivered, reason: str) -> None:
    with suppress(Malformed):  # then it names no message
        sending().give_up(codec.decode(record.body, Send), reason)


def sending() -> SendQueued:
    world = ports()
    return SendQueued(world.store, channels.now, carry)


def carry(entry: Entry) -> Result | NoAnswer:
    channel = channels.load(environment.channel)
    return carrier.carry(channel.traits, channel.outbound, entry)


def prepare() -> None:
    own = channels.load(environment.channel)
    channels.imported("outbound", environment.channel)
    early(*carrier.ports_of(own.traits))


early("store", "settings", then=prepare)
