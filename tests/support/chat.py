"""Visitors of a chat, as the socket sees them."""

import json
from itertools import count
from typing import Any

from functions.channels.chat import app
from infra.twins.world import World
from shared.domain.address.visitor import KIND
from shared.use_cases.session.issue_ticket import IssueTicket
from tests.support.webhooks import lambda_event

SHOP = "https://shop.example.test"
VISITOR = "01KDXZ8E000000000000000001"
_requests = count(1)


def connect(world: World, connection: str = "C1", visitor: str = VISITOR, language: str = "en") -> None:
    """Open a socket for this visitor, with a ticket of their own."""
    ticket = IssueTicket(world.store, world.clock)(f"{KIND}:{visitor}", language)
    assert knock(ticket, connection=connection) == 200
    world.chat_sockets.open(connection)


def knock(ticket: str | None, origin: str | None = SHOP, connection: str = "C1") -> int:
    """Try to open a socket; the answer is its status."""
    event = lambda_event("chat_socket/connect")
    event["requestContext"]["connectionId"] = connection
    event["queryStringParameters"] = None if ticket is None else {"ticket": ticket}
    event["headers"].pop("Origin")
    event["headers"] |= {} if origin is None else {"Origin": origin}
    return int(app.handler(event, None)["statusCode"])


def say(frame: object, connection: str = "C1", **told: Any) -> None:
    """Send a frame: a text as it is, anything else as JSON."""
    event = lambda_event("chat_socket/message")
    event["requestContext"] |= {"connectionId": connection, "requestId": f"request-{next(_requests)}"}
    event["body"] = frame if isinstance(frame, str) else json.dumps(frame)
    assert app.handler(event | told, None) == {"statusCode": 200}


def heard(world: World, connection: str = "C1") -> list[Any]:
    """The frames this socket got since the last look."""
    frames, world.chat_sockets.frames[connection] = world.chat_sockets.frames[connection], []
    return frames
