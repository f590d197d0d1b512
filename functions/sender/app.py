"""outbound-<channel>.fifo → the provider. One function per channel: same code, own role and secret."""

from contextlib import suppress
from typing import Any

from functions import channels
from shared.adapters import codec
from shared.domain.change import Delete
from shared.domain.channel.carriage import (
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
from shared.domain.channel.commands import Send
from shared.domain.errors import Malformed, TryAgain
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.entry import Entry
from shared.edge import batch
from shared.edge.settings import Misconfigured, environment
from shared.edge.wiring import ports
from shared.use_cases.channel.send_queued import SendQueued

RECEIVES = 100  # maxReceiveCount of the senders' queues: what is tried again ends by its own give_up_at


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return batch.consume(event, batch.reads(Send, sending()), give_up, RECEIVES)


def give_up(record: batch.Delivered, reason: str) -> None:
    with suppress(Malformed):  # then it names no message
        sending().give_up(codec.decode(record.body, Send), reason)


def sending() -> SendQueued:
    world = ports()
    return SendQueued(world.store, channels.now, carry)


def carry(entry: Entry) -> Result | NoAnswer:
    """Render in the channel's words, perform, and read the answer in the channel's words.

    What fails on the way there (a secret, the table, a socket) has not left the house, or was a frame,
    which a widget that has it already passes over: either may be tried again.
    """
    outbound = channels.load(environment.channel).outbound
    try:
        call = outbound.render(entry, secret(), other_side())
        if isinstance(call, Frame):
            return to_sockets(call)
    except (TryAgain, Misconfigured) as error:
        return Later(str(error))
    answer = ports().http(call)
    if isinstance(answer, NotSent):
        return Later(answer.reason)
    if isinstance(answer, HttpAnswer):
        result: Result = outbound.interpret(answer.status, answer.body)
        return result
    return answer


def to_sockets(frame: Frame) -> Result:
    """Sent when at least one open socket of the person took it; those that are gone are forgotten."""
    lives = ports().store.find(SocketOf, frame.person)
    taken = [posted(live, frame.body) for live in lives]
    if any(taken):
        return Sent()
    return Later("socket_unavailable") if None in taken else Waits()


def posted(live: SocketOf, body: object) -> bool | None:
    """None when nobody knows: the socket may be there the next time."""
    try:
        if ports().chat_sockets.post(live.connection_id, body):
            return True
        ports().store.commit(Delete(live))
    except TryAgain:
        return None
    return False


def has_secret() -> bool:
    return channels.load(environment.channel).traits.secret


def secret() -> Any:
    return ports().secrets.get(environment.secret_id(environment.channel)) if has_secret() else {}


def other_side() -> OtherSide:
    """Our own sockets (they ask for no secret) have none, and their sender is told no public address."""
    if not has_secret():
        return OtherSide("", "")
    return OtherSide(environment.api_url(environment.channel), environment.public_url)
