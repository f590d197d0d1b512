"""Members of staff, as their API and their socket see them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from functions.desk_api import app as desk
from functions.desk_socket import app as desk_socket
from infra.twins.world import World
from shared.use_cases.session.issue_ticket import IssueTicket

PAGES = "https://desk.example.test"
ENTRY = "/customers/{customer_id}/entries/{seq}"
OF_AN_ENTRY = re.compile(
    r"/customers/(?P<customer_id>[^/]+)/entries/(?P<seq>[^/]+)/(?P<what>files|pictures|body)(/(?P<n>[^/]+))?"
)
TEMPLATES = {
    "customers": "/customers/{customer_id}",
    "offers": "/offers/{offer_id}",
    "cases": "/cases/{case_id}",
    "saved-replies": "/saved-replies/{code}",
}


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.body["error"]["code"])


@dataclass(frozen=True, slots=True)
class Browser:
    """A page of an agent who is logged in; `sub` is "" for one who is not."""

    sub: str = "one"
    groups: str = "agent"
    language: str = "en"
    cookie: str = ""
    site: str = "same-origin"
    front: str = ""
    use: str = "id"
    name: str = ""

    def get(self, path: str, **query: str) -> Answered:
        return self.ask("GET", path, None, **query)

    def post(self, path: str, body: object = None) -> Answered:
        return self.ask("POST", path, body)

    def put(self, path: str, body: object) -> Answered:
        return self.ask("PUT", path, body)

    def delete(self, path: str) -> Answered:
        return self.ask("DELETE", path, None)

    def ask(self, method: str, path: str, body: object, **query: str) -> Answered:
        answer = desk.handler(self._event(method, path, body, query), None)
        return Answered(answer["statusCode"], json.loads(answer["body"]), answer["headers"])

    def _event(self, method: str, path: str, body: object, query: dict[str, str]) -> dict[str, Any]:
        resource, values = _resource(path)
        claims = {
            "sub": self.sub,
            "token_use": self.use,
            "name": self.name or f"Agent {self.sub.capitalize()}",
            "email": f"{self.sub}@example.test",
            "cognito:groups": self.groups,
        }
        return {
            "headers": {
                "accept-language": self.language,
                "content-type": "application/json",
                "cookie": self.cookie,
                "sec-fetch-site": self.site,
                "x-patchbay-front": self.front,
            },
            "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
            "pathParameters": values,
            "stageVariables": None,
            "body": body if isinstance(body, str) or body is None else json.dumps(body),
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "requestId": "request-1",
                "authorizer": {"claims": claims} if self.sub else None,
            },
        }


def _resource(path: str) -> tuple[str, dict[str, str] | None]:
    """API Gateway's name for a path, and the values in it."""
    if found := OF_AN_ENTRY.fullmatch(path):
        values = {name: value for name, value in found.groupdict().items() if value and name != "what"}
        return f"{ENTRY}/{found['what']}" + ("/{n}" if found["n"] else ""), values
    first, *rest = path.strip("/").split("/")
    if first not in TEMPLATES or not rest:
        return path, None
    template = TEMPLATES[first]
    return "/".join([template, *rest[1:]]), {template.split("{")[1].rstrip("}"): rest[0]}


class DeskSocket:
    """A desk's socket that is open."""

    def __init__(self, world: World, agent_id: str = "one", connection: str = "D1") -> None:
        self.world, self.connection = world, connection
        ticket = IssueTicket(world.store, world.clock)(f"agent:{agent_id}", "en")
        assert knock(ticket, connection=connection) == 200
        world.desk_sockets.open(connection)

    def say(self, frame: object) -> list[Any]:
        """Send a frame; the answer is what came back at once."""
        before = len(self.frames)
        body = frame if isinstance(frame, str) else json.dumps(frame)
        event = _socket_event("$default", self.connection) | {"body": body}
        assert desk_socket.handler(event, None) == {"statusCode": 200}
        return self.frames[before:]

    def close(self) -> None:
        assert desk_socket.handler(_socket_event("$disconnect", self.connection), None) == {"statusCode": 200}

    @property
    def frames(self) -> list[Any]:
        return self.world.desk_sockets.frames[self.connection]


def knock(ticket: str, origin: str = PAGES, connection: str = "D1") -> int:
    event = _socket_event("$connect", connection)
    event |= {"headers": {"Origin": origin}, "queryStringParameters": {"ticket": ticket}}
    return int(desk_socket.handler(event, None)["statusCode"])


def _socket_event(route: str, connection: str) -> dict[str, Any]:
    context = {"routeKey": route, "connectionId": connection, "requestId": "request-1"}
    return {"requestContext": context, "isBase64Encoded": False}
