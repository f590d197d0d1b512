"""A WebSocket's three events: opened with a ticket, spoken on, closed. The same for desks and visitors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.errors import PatchbayError, Untrusted
from shared.domain.session.socket import Connection
from shared.edge.observability import correlate, frames, logger
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.ports import Sockets
from shared.use_cases.session.open_socket import Opening, OpenSocket, close_socket, whose

FRAME_LIMIT = 32 * 1024  # bytes; API Gateway itself closes on a larger single frame


@dataclass(frozen=True, slots=True)
class Spoken:
    """A frame as it came. `text` is "" for a binary one; `id` is API Gateway's name for it."""

    connection: Connection
    text: str
    id: str

    @property
    def too_large(self) -> bool:
        return len(self.text.encode(errors="replace")) > FRAME_LIMIT


@dataclass(frozen=True, slots=True)
class Talk:
    """What a function brings: whose tickets open it (agent or visitor), how to answer (asked when
    needed), and what to do with a frame. `sorry` is the frame that says an error in the person's
    language; its code is no_connection or try_again.
    """

    kind: str
    sockets: Callable[[], Sockets]
    hear: Callable[[Spoken], None]
    sorry: Callable[[str, str], object]

    def say(self, connection_id: str, frame: object) -> bool:
        """Send a frame; False when it did not arrive. A lost frame is asked for again by its page."""
        try:
            return self.sockets().post(connection_id, frame)
        except PatchbayError as error:
            logger().warning("frame_lost", connection=connection_id, reason=str(error))
            return False


def serve(talk: Talk, event: Mapping[str, Any]) -> dict[str, Any]:
    """403 for whom it does not open. To a frame the status says nothing: answers are frames too, as a
    body would need a route response.
    """
    context = event["requestContext"]
    correlate(context["requestId"])
    act = {"$connect": _connect, "$disconnect": _disconnect}.get(context["routeKey"], _message)
    return {"statusCode": act(talk, event, context["connectionId"])}


def origins() -> frozenset[str]:
    """The origins whose pages may speak with us: exact, without a slash at the end."""
    return frozenset(o.strip().rstrip("/") for o in environment.allowed_origins.split(",") if o.strip())


def _connect(talk: Talk, event: Mapping[str, Any], connection_id: str) -> int:
    opening = Opening(connection_id, _header(event, "origin"), _ticket(event))
    try:
        OpenSocket(ports().store, ports().clock, talk.kind, origins())(opening)
    except Untrusted as reason:
        logger().warning("socket_refused", kind=talk.kind, reason=str(reason))
        return 403
    except PatchbayError as error:
        logger().error("socket_unavailable", kind=talk.kind, reason=str(error))
        return 503
    return 200


def _disconnect(talk: Talk, event: Mapping[str, Any], connection_id: str) -> int:
    """Best effort, as API Gateway's own word for it is: what stays behind expires."""
    try:
        close_socket(ports().store, connection_id)
    except PatchbayError as error:
        logger().warning("socket_not_forgotten", kind=talk.kind, reason=str(error))
    return 200


def _message(talk: Talk, event: Mapping[str, Any], connection_id: str) -> int:
    language = ""
    try:
        connection = whose(ports().store, ports().clock, connection_id)
        if connection is None:
            talk.say(connection_id, talk.sorry("no_connection", language))
            return 200
        language = connection.language
        talk.hear(Spoken(connection, _text(event), event["requestContext"]["requestId"]))
    except PatchbayError as error:
        logger().error("frame_failed", kind=talk.kind, reason=str(error))
        talk.say(connection_id, talk.sorry("try_again", language))
    except Exception as error:  # a bug of ours: the runtime would log its words, which may be a customer's
        logger().error("frame_broken", kind=talk.kind, frames=frames(error))
        talk.say(connection_id, talk.sorry("try_again", language))
    return 200


def _text(event: Mapping[str, Any]) -> str:
    return "" if event.get("isBase64Encoded") else str(event.get("body") or "")


def _ticket(event: Mapping[str, Any]) -> str:
    return str((event.get("queryStringParameters") or {}).get("ticket") or "")


def _header(event: Mapping[str, Any], name: str) -> str:
    headers = event.get("headers") or {}
    return next((str(value) for told, value in headers.items() if told.lower() == name), "")
