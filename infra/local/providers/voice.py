"""A stand-in for Voice: an HTTP server on loopback, to which the sender posts. Never deployed."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from infra.local.providers import Said
from infra.local.providers.kit import Orders, Server, after, newer

WEBHOOK = "/webhooks/voice"
REFUSALS = {"too_many": 429, "broken": 503}


@dataclass(frozen=True, slots=True)
class Message:
    n: int
    to: str
    text: str

    def between(self) -> tuple[str, ...]:
        return (self.to,)

    def shown(self) -> dict[str, Any]:
        return {"n": self.n, "direction": "outbound", "to": self.to, "text": self.text}


class StandIn:
    """Keeps what was sent, newest last, at /messages; /control says how to behave."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.sent: list[Message] = []
        self.orders = Orders()
        routes = [web.post("/messages", self._take), web.get("/messages", self._shown)]
        self._server = Server(self.orders, routes)

    async def start(self, port: int = 0) -> None:
        await self._server.start(port)

    async def stop(self) -> None:
        await self._server.stop()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return web.json_response({}, status=401)
        told = await request.json()
        to = str(told.get("to", ""))
        manner = self.orders.manner(to)
        if manner in REFUSALS:
            return web.json_response({}, status=REFUSALS[manner])
        self.sent.append(Message(len(self.sent) + 1, to, str(told.get("text", ""))))
        await after(manner, request)
        return web.json_response({})

    async def _shown(self, request: web.Request) -> web.StreamResponse:
        address, last = request.query.get("address", ""), int(request.query.get("after", "0"))
        return web.json_response(newer(self.sent, address, last))


def account() -> dict[str, str]:
    """A made-up account."""
    return {"token": secrets.token_hex(16)}


def stand_in(account: Mapping[str, str], public_url: str) -> StandIn:
    return StandIn(account["token"])


def said(account: Mapping[str, str], address: str, sender: str, text: str, id: str = "") -> Said:
    """The provider's request for a customer's message."""
    named = id or secrets.token_hex(8)
    body = json.dumps({"id": named, "from": sender, "text": text}).encode()
    headers = {"content-type": "application/json", "x-voice-secret": account["token"]}
    return Said(WEBHOOK, body, headers, named)
