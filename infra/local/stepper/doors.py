"""The doors of the centre, from outside: what providers, browsers and desks ask."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.stepper import events
from infra.local.stepper.core import Stepper
from infra.local.stepper.events import Asked
from infra.local.stepper.faults import Fault


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer over HTTP. A function that died answers 500, as API Gateway does for it."""

    status: int
    body: str
    headers: Mapping[str, str]

    @property
    def told(self) -> Any:
        return json.loads(self.body) if self.body else None


class Doors:
    """Each call is one invocation of the function behind the door."""

    def __init__(self, stepper: Stepper) -> None:
        self._stepper = stepper
        self._connections = 0

    def post(
        self,
        path: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        query: str = "",
        fault: Fault | None = None,
    ) -> Answered:
        """A provider's or a browser's POST at the HTTP API."""
        function = self._stepper.plan.doors["POST", path]
        asked = Asked("POST", path, query, headers, body)
        event = events.of_door(asked, f"POST {path}", self._stepper.request_id())
        return _answered(self._stepper.invoke(function, event, fault))

    def staff(
        self,
        claims: Mapping[str, Any],
        method: str,
        path: str,
        told: object = None,
        query: str = "",
        fault: Fault | None = None,
    ) -> Answered:
        """A request of the staff API. `claims` are what the authorizer read from the token."""
        route, function, values = self._staff_route(method, path)
        body = b"" if told is None else json.dumps(told).encode()
        asked = Asked(
            method, path, query, {"content-type": "application/json", "accept-language": "en"}, body
        )
        event = events.of_staff(asked, route, values, claims, self._stepper.request_id())
        return _answered(self._stepper.invoke(function, event, fault))

    def connect(self, api: str, ticket: str, origin: str) -> str:
        """Open a WebSocket; the connection's id, or "" when it was refused."""
        self._connections += 1
        connection = f"{api}-{self._connections}="
        status = self._socket(
            api, "$connect", connection, headers={"Origin": origin}, queryStringParameters={"ticket": ticket}
        )
        if status != 200:
            return ""
        self._stepper.ground.socket(api, connection, True)
        return connection

    def frame(self, connection: str, frame: object, fault: Fault | None = None) -> None:
        self._socket(connection.partition("-")[0], "$default", connection, body=frame, fault=fault)

    def disconnect(self, connection: str) -> None:
        """The socket is closed before the function hears of it."""
        api = connection.partition("-")[0]
        self._stepper.ground.socket(api, connection, False)
        self._socket(api, "$disconnect", connection)

    def _socket(
        self,
        api: str,
        route: str,
        connection: str,
        body: object = None,
        fault: Fault | None = None,
        **more: Any,
    ) -> int:
        event = events.of_socket(api, route, connection, self._stepper.request_id(), body, **more)
        answer = self._stepper.invoke(self._stepper.plan.sockets[api], event, fault)
        return 500 if answer is None else int(answer["statusCode"])

    def _staff_route(self, method: str, path: str) -> tuple[str, str, Mapping[str, str]]:
        for (verb, route), function in self._stepper.plan.staff.items():
            found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route), path)
            if verb == method and found:
                return route, function, found.groupdict()
        raise KeyError(f"the template has no {method} {path}")


def _answered(answer: Any) -> Answered:
    if answer is None:
        return Answered(500, "", {})
    headers = answer.get("headers") or {k: v[0] for k, v in (answer.get("multiValueHeaders") or {}).items()}
    return Answered(int(answer["statusCode"]), str(answer.get("body") or ""), headers)
