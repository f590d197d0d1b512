"""A small web application that answers TwiML, and a stand-in telephone carrier that talks with it.

The application serves whatever a test puts under a path, and keeps what the carrier posted.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import BasicAuth, web

from infra.local.providers.voice import StandInVoice
from infra.local.providers.voice.call import API_VERSION, Call
from infra.local.providers.voice.pace import Pace

ACCOUNT, TOKEN, OWN = "AC" + "1" * 32, "t0psecret-token", "+15005550009"
CALLER, AGENT = "+821055500101", "+821055500900"
FAST = Pace(sounds=0.002, waits=0.04, answers=0.04)
PATIENCE = 30.0  # of a busy machine
EMPTY = "<Response/>"


@dataclass
class Asked:
    """One request of the carrier."""

    path: str
    form: dict[str, str]
    query: dict[str, str]
    raw_path: str
    signature: str


@dataclass
class House:
    """`pages`: path → (status, content type, body)."""

    carrier: StandInVoice
    client: aiohttp.ClientSession
    url: str = ""
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def serve(self, path: str, inside: str, status: int = 200) -> None:
        """TwiML: the inside of <Response>."""
        self.pages[path] = (status, "text/xml", f"<Response>{inside}</Response>".encode())

    def ring(self, keys: tuple[str, ...] = (), words: tuple[str, ...] = (), sender: str = CALLER) -> Call:
        ahead: dict[str, Any] = {"keys_ahead": list(keys), "words_ahead": list(words)}
        return self.carrier.exchange.incoming(sender, **ahead)

    async def rung_out(self, call: Call) -> Call:
        """Wait until a call is over, and all was told."""
        await asyncio.wait_for(call.over.wait(), PATIENCE)
        await asyncio.wait_for(self.carrier.settled(), PATIENCE)
        return call

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.005)

    def forms(self, path: str) -> list[dict[str, str]]:
        return [one.form | one.query for one in self.asked if one.path == path]

    async def rest(
        self, method: str, path: str, form: list[tuple[str, str]] | None = None
    ) -> tuple[int, Any]:
        """Twilio's REST interface, below the account."""
        url = f"{self.carrier.url}/{API_VERSION}/Accounts/{ACCOUNT}/{path}"
        data = aiohttp.FormData(form or []) if method == "POST" else None
        async with self.client.request(method, url, data=data, auth=BasicAuth(ACCOUNT, TOKEN)) as answer:
            wav = answer.content_type == "audio/x-wav" or answer.status == 204
            return answer.status, await (answer.read() if wav else answer.json())

    async def ask(self, path: str, told: object = None) -> tuple[int, Any]:
        """What pages ask of the stand-in."""
        method = "GET" if told is None else "POST"
        async with self.client.request(method, self.carrier.url + path, json=told) as answer:
            return answer.status, await answer.json()

    async def answer(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        signature = request.headers.get("X-Twilio-Signature", "")
        self.asked.append(Asked(request.path, form, dict(request.query), request.raw_path, signature))
        status, kind, body = self.pages.get(request.path, (200, "text/xml", EMPTY.encode()))
        return web.Response(status=status, body=body, content_type=kind)


Journey = Callable[[House], Awaitable[None]]


def run(journey: Journey) -> None:
    asyncio.run(_run(journey))


async def _run(journey: Journey) -> None:
    async with aiohttp.ClientSession() as client:
        carrier = StandInVoice(ACCOUNT, TOKEN, OWN, lambda: house.url)
        carrier.exchange.pace = FAST
        house = House(carrier, client)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", house.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        house.url = "http://{}:{}".format(*runner.addresses[0][:2])
        await carrier.start()
        try:
            await journey(house)
        finally:
            await carrier.stop()
            await runner.cleanup()
