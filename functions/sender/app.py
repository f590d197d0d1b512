"""outbound-<channel>.fifo → the provider. One function per channel: same code, own role and secret."""

from typing import Any

from functions import channels
from shared.domain.carriage import (
    Frame,
    HttpAnswer,
    Later,
    NoAnswer,
    NotSent,
    OtherSide,
    Result,
    Sent,
    Waits,
)
from shared.domain.commands import Send
from shared.domain.entry import Entry
from shared.domain.session import Live
from shared.edge import batch
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.use_cases.send_queued import SendQueued


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    world = ports()
    send = SendQueued(world.store, world.settings, world.clock, carry)
    return batch.consume(event, batch.reads(Send, send))


def carry(entry: Entry) -> Result | NoAnswer:
    """Render in the channel's words, perform, and read the answer in the channel's words."""
    outbound = channels.load(environment.channel).outbound
    call = outbound.render(entry, secret(outbound), other_side())
    if isinstance(call, Frame):
        return to_sockets(call)
    answer = ports().http(call)
    if isinstance(answer, NotSent):
        return Later(answer.reason)
    if isinstance(answer, HttpAnswer):
        result: Result = outbound.interpret(answer.status, answer.body)
        return result
    return answer


def to_sockets(frame: Frame) -> Result:
    """Sent when at least one open socket of the person took it."""
    lives = ports().store.find(Live, frame.person)
    taken = [ports().chat_sockets.post(live.connection_id, frame.body) for live in lives]
    return Sent() if any(taken) else Waits()


def secret(outbound: Any) -> Any:
    return ports().secrets.get(getattr(environment, outbound.SECRET)) if outbound.SECRET else {}


def other_side() -> OtherSide:
    return OtherSide(environment.api_url(environment.channel), environment.public_url)
