"""The desk's socket: a sign of life, what to watch, and replies without the way through HTTP."""

from collections.abc import Callable
from typing import Any

from functions import channels
from functions.desk_socket import frames
from functions.desk_socket.frames import Beat, Replying, Typing, Watching
from shared.adapters import codec
from shared.domain.address.address import parse_address
from shared.domain.desk.views import entry_view
from shared.domain.errors import Malformed, PatchbayError, Refused
from shared.domain.words.to_staff import SENTENCES, sentence
from shared.edge import socket
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.pace import Pace
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.desk.note_look import NoteLook
from shared.use_cases.desk.tell_typing import TYPING_EACH, TellTyping
from shared.use_cases.desk.watch_customer import WatchCustomer
from shared.use_cases.routing.change_presence import ChangePresence

now_and_then = Pace(1, TYPING_EACH)


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return socket.serve(TALK, event)


def hear(spoken: socket.Spoken) -> None:
    """Do what a frame asks; what cannot be done is answered with its key and the reason."""
    try:
        if spoken.too_large:
            raise Refused("too_long")
        action, said = frames.read(spoken.text)
        ACTIONS[action](spoken, said)
    except Refused as refused:
        logger().info("frame_refused", code=refused.code)
        _sorry(spoken, refused.code)
    except Malformed as error:
        logger().info("frame_unfit", reason=str(error))
        _sorry(spoken, "malformed")
    except PatchbayError as error:
        logger().error("frame_failed", reason=str(error))
        _sorry(spoken, "try_again")


def watch(spoken: socket.Spoken, said: Watching) -> None:
    note = NoteLook(ports().store, channels.now)
    if not note(spoken.connection.person_id, said.customer_id):
        logger().info("customer_looked_at", actor=spoken.connection.person, customer=said.customer_id)
    WatchCustomer(ports().store, ports().clock)(said.customer_id, *_desk(spoken))


def unwatch(spoken: socket.Spoken, said: Watching) -> None:
    WatchCustomer(ports().store, ports().clock).stop(said.customer_id, *_desk(spoken))


def beat(spoken: socket.Spoken, said: Beat) -> None:
    presence = ChangePresence(ports().store, channels.now)
    presence.beat(spoken.connection.person_id)


def reply(spoken: socket.Spoken, said: Replying) -> None:
    address = parse_address(said.address) if said.address else None
    entry = ReplyToCustomer(ports().store, channels.now)(
        spoken.connection.person_id,
        said.customer_id,
        said.case_id,
        said.channel,
        address,
        said.text,
        said.key,
        spoken.connection.connection_id,
    )
    ack = {"type": "ack", "key": said.key, "seq": entry.seq, "entry": codec.plain(entry_view(entry, {}))}
    TALK.say(spoken.connection.connection_id, ack)


def type_on(spoken: socket.Spoken, said: Typing) -> None:
    """The customer sees that somebody writes to them. What is lost or too often is passed over in silence."""
    connection = spoken.connection
    if now_and_then(connection.connection_id, ports().clock()):
        tell = TellTyping(ports().store, lambda: ports().chat_sockets)
        tell.of_agent(connection.person_id, said.customer_id, said.case_id, channels.traits())


ACTIONS: dict[str, Callable[[socket.Spoken, Any], None]] = {
    "watch": watch,
    "unwatch": unwatch,
    "heartbeat": beat,
    "reply": reply,
    "typing": type_on,
}


def sorry(code: str, language: str, key: str = "") -> dict[str, str]:
    """The error frame, also for the socket's own codes: an unknown connection is a session that ended."""
    known = code if code in SENTENCES else "signed_out"
    return {"type": "error", "key": key, "code": code, "message": sentence(known, language or "en")}


def _sorry(spoken: socket.Spoken, code: str) -> None:
    connection = spoken.connection
    TALK.say(connection.connection_id, sorry(code, connection.language, frames.key_in(spoken.text)))


def _desk(spoken: socket.Spoken) -> tuple[str, str]:
    return spoken.connection.connection_id, spoken.connection.person_id


TALK = socket.Talk("agent", lambda: ports().desk_sockets, hear, sorry)


early("store", "settings", "desk_sockets", then=channels.imported)
