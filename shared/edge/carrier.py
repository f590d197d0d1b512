"""The way out to a provider: render, perform, read the answer. The twin of webhook.receive."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from shared.domain.change import Delete
from shared.domain.channel.carriage import (
    AwsAnswer,
    AwsCall,
    Call,
    Frame,
    HttpAnswer,
    HttpCall,
    Later,
    NoAnswer,
    NotSent,
    OtherSide,
    Result,
    Sent,
    Waits,
)
from shared.domain.errors import TryAgain
from shared.domain.session.socket import SocketOf
from shared.domain.timeline.content import Part
from shared.domain.timeline.entry import Entry
from shared.domain.traits import Traits
from shared.edge.settings import Misconfigured, environment
from shared.edge.wiring import ports

FILE_SECONDS = 3600  # within which the provider fetches a file


Render = Callable[[Mapping[str, str], OtherSide], Call]


class Reads(Protocol):
    """What reads a carrier's answers."""

    def interpret(self, status: int, body: Any) -> Result | NoAnswer:
        """What the carrier's answer means for the message. NoAnswer where it may have been taken or not: that
        is every 5xx in which the carrier itself does not say that it was not.
        """


class Outbound(Reads, Protocol):
    """What a channel's outbound.py brings; a module with these names is one. One that renders frames alone
    needs no `interpret`; one that answers for calls to AWS gets a mapping instead of bytes.
    """

    def render(self, entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> Call:
        """What sends this entry. Raises Rejected for what cannot be sent."""


def carry(traits: Traits, outbound: Outbound, entry: Entry) -> Result | NoAnswer:
    """Render in the channel's words, perform, and read the answer in the channel's words. Raises Rejected.

    Where a secret, the table or a socket fails, the message has not left us, or it was a frame, and a
    widget that has it already passes over it. Either may be tried again.
    """
    return asked(traits, outbound, lambda secret, side: outbound.render(entry, secret, side), entry)


def asked(traits: Traits, outbound: Reads, render: Render, entry: Entry | None = None) -> Result | NoAnswer:
    """The same for whatever the channel renders, say an order about a call."""
    try:
        call = render(secret_of(traits), other_side(traits, entry))
        if isinstance(call, Frame):
            return _to_sockets(call)
    except (TryAgain, Misconfigured) as error:
        return Later(str(error))
    answer = _performed(call)
    if isinstance(answer, NotSent):
        return Later(answer.reason)
    if isinstance(answer, NoAnswer):
        return answer
    return outbound.interpret(answer.status, answer.body)


def ports_of(traits: Traits) -> tuple[str, ...]:
    """What a channel is carried by, for `early`: a provider, our own sockets, or AWS."""
    carried = "aws" if traits.by_aws else "http" if traits.secret else "chat_sockets"
    return (*(("secrets",) if traits.secret else ()), carried)


def _performed(call: HttpCall | AwsCall) -> HttpAnswer | AwsAnswer | NotSent | NoAnswer:
    return ports().aws(call) if isinstance(call, AwsCall) else ports().http(call)


def _to_sockets(frame: Frame) -> Result:
    """Sent when at least one open socket of the person took it; those that are gone are forgotten."""
    sockets = ports().store.find(SocketOf, frame.person)
    taken = [_posted(socket, frame.body) for socket in sockets]
    if any(taken):
        return Sent()
    return Later("socket_unavailable") if None in taken else Waits()


def _posted(socket: SocketOf, body: object) -> bool | None:
    """None when the answer is not known: the socket may be there the next time."""
    try:
        if ports().chat_sockets.post(socket.connection_id, body):
            return True
        ports().store.commit(Delete(socket))
    except TryAgain:
        return None
    return False


def secret_of(traits: Traits) -> Mapping[str, str]:
    return ports().secrets.get(environment.secret_id(traits.name)) if traits.secret else {}


def other_side(traits: Traits, entry: Entry | None = None) -> OtherSide:
    """Our own sockets have no address, and call nobody back. AWS takes files with the request, a provider
    fetches them.
    """
    if traits.by_aws:
        own, applied = environment.channel_own_side, environment.channel_sends_with
        return OtherSide("", environment.public_url, {}, _bodies(entry), own, applied)
    if not traits.secret:
        return OtherSide("", "")
    return OtherSide(environment.api_url(traits.name), environment.public_url, _files(entry))


def _going(entry: Entry | None) -> list[Part]:
    """What goes as a link is at an address of ours, and needs none of the bucket's."""
    return [part for part in entry.content.parts if part.key and not part.link] if entry else []


def _files(entry: Entry | None) -> Mapping[str, str]:
    files = ports().files
    return {one.key: files.link(one.key, FILE_SECONDS, one.name, shown=True) for one in _going(entry)}


def _bodies(entry: Entry | None) -> Mapping[str, bytes]:
    keys = [part.key for part in _going(entry)] + (
        [entry.content.html_key] if entry and entry.content.html_key else []
    )
    found = ports().files.each(keys) if keys else ()
    return {key: body for key, body in found if body is not None}
