"""The chat socket: visitors connect with a ticket, speak in frames, and hear in frames."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from functions import channels
from functions.channels.chat import inbound, outbound
from functions.channels.chat.channel import CHANNEL
from shared.domain.address.visitor import KIND, visitor_address
from shared.domain.change import Ref
from shared.domain.channel.frame import Unfit
from shared.domain.customer.evidence import AddressOwner
from shared.domain.errors import Malformed, PatchbayError, Rejected
from shared.domain.timeline.entry import Entry
from shared.domain.times import iso
from shared.domain.words.to_customers import say as words
from shared.edge import door, socket
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.pace import Pace
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.case.see_waiting import SeeWaiting
from shared.use_cases.channel.replay import Replay
from shared.use_cases.desk.tell_typing import TYPING_EACH, TellTyping

in_time = Pace()
LOOKS = 8  # at the queue in a minute: they read more of the table, and a widget asks each 15 seconds
at_ease = Pace(LOOKS)
now_and_then = Pace(1, TYPING_EACH)


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return socket.serve(TALK, event)


def hear(spoken: socket.Spoken) -> None:
    """Do what a frame asks. An unfit one is answered with the reason and leaves nothing behind; of a flood
    nothing is even answered: the widget tries again what was not accepted.
    """
    if not in_time(spoken.connection.connection_id, ports().clock()):
        logger().warning("frame_dropped", connection=spoken.connection.connection_id)
        return
    try:
        if spoken.too_large:
            raise Unfit("too_large")
        said = inbound.read(spoken.text)
    except Unfit as unfit:
        logger().info("frame_unfit", code=unfit.code)
        answer(spoken, sorry(unfit.code, spoken.connection.language, unfit.id))
        return
    ACTIONS.get(said.action, accept)(spoken, said)


def accept(spoken: socket.Spoken, said: inbound.Said) -> None:
    """Make it durable, then say so. Should the second fail, the widget asks again: still one message."""
    try:
        door.accept(CHANNEL.name, inbound.cut(said, speaker(spoken), spoken.id), spoken.id)
    except Malformed as error:
        logger().error("frame_refused", reason=str(error))
        answer(spoken, sorry("junk", spoken.connection.language, said.id))
        return
    except PatchbayError as error:
        logger().error("frame_not_accepted", reason=str(error))
        answer(spoken, sorry("try_again", spoken.connection.language, said.id))
        return
    if said.id:
        answer(spoken, {"type": "accepted", "id": said.id})


def acknowledge(spoken: socket.Spoken, said: inbound.Said) -> None:
    """Take the word that a message was shown. The widget gets no answer to it. A visitor who never wrote is
    not known, so there is no message that they could have been shown: their word is dropped.
    """
    owner = ports().store.get(Ref(AddressOwner, visitor_address(spoken.connection.person_id)))
    if owner:
        door.accept(CHANNEL.name, inbound.cut(said, speaker(spoken, owner.customer_id), spoken.id), spoken.id)


def resume(spoken: socket.Spoken, said: inbound.Said) -> None:
    """Whatever was said since, oldest first. `next` is set while more may lie behind: then ask after it."""
    replayed = Replay(ports().store, CHANNEL.name)(
        visitor_address(spoken.connection.person_id), said.fields["after"]
    )
    for frame in frames(replayed.entries):
        if not answer(spoken, frame):
            return
    following = replayed.after if replayed.more else None
    answer(spoken, {"type": "welcome", "after": replayed.after, "next": following})


def tell_place(spoken: socket.Spoken, said: inbound.Said) -> None:
    """Where the visitor stands in the queue. Who asks too often is not answered."""
    if at_ease(spoken.connection.connection_id, ports().clock()):
        told = see_waiting()(visitor_address(spoken.connection.person_id), spoken.connection.language)
        answer(spoken, {"type": "place", **asdict(told)})


def tell_times(spoken: socket.Spoken, said: inbound.Said) -> None:
    """When the visitor may be called, by the clock of their queue."""
    if at_ease(spoken.connection.connection_id, ports().clock()):
        zone, spans = see_waiting().times(visitor_address(spoken.connection.person_id))
        told = [[iso(start), iso(end)] for start, end in spans]
        answer(spoken, {"type": "times", "zone": zone, "spans": told})


def see_waiting() -> SeeWaiting:
    return SeeWaiting(ports().store, channels.now)


def frames(entries: Iterable[Entry]) -> Iterator[object]:
    """What the sender would refuse (and mark as failed) is passed over here as well."""
    for entry in entries:
        with suppress(Rejected):
            yield outbound.render(entry).body


def type_on(spoken: socket.Spoken, said: inbound.Said) -> None:
    """Who watches the customer sees that they write: nothing of it is kept, and there is no answer."""
    if now_and_then(spoken.connection.connection_id, ports().clock()):
        tell = TellTyping(ports().store, lambda: ports().desk_sockets)
        tell.of_customer(visitor_address(spoken.connection.person_id))


ACTIONS = {
    "hello": resume,
    "ack": acknowledge,
    "typing": type_on,
    "place": tell_place,
    "times": tell_times,
}


def speaker(spoken: socket.Spoken, customer_id: str = "") -> inbound.SocketSpeaker:
    return inbound.SocketSpeaker(spoken.connection.person_id, spoken.connection.language, customer_id)


def answer(spoken: socket.Spoken, frame: object) -> bool:
    return TALK.say(spoken.connection.connection_id, frame)


SENTENCES = {
    "too_large": "chat_too_long",
    "too_long": "chat_too_long",
    "bad_phone": "chat_bad_phone",
    "try_again": "chat_try_again",
    "no_connection": "chat_no_connection",
}


def sorry(code: str, language: str, id: str = "") -> dict[str, str]:
    frame = {"type": "error", "code": code, "message": words(SENTENCES.get(code, "chat_junk"), language)}
    return frame | ({"id": id} if id else {})


TALK = socket.Talk(KIND, lambda: ports().chat_sockets, hear, sorry)


early("inbox", "store", "chat_sockets")
