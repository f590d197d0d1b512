"""Files of messages at the stand-in Twilio: its own address asks who comes and leads to another server, which
has the file and is told no secret.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

MEDIA = "/2010-04-01/Accounts/{account}/Messages/{message}/Media/{media}"
SHOWN = "/files/{media}"
LARGEST = 5 * 1024 * 1024
POINT = "47494638396101000100800100808080ffffff2c00000000010001000002024401003b"
GREY = bytes.fromhex(POINT)  # a picture of one point


@dataclass(frozen=True, slots=True)
class MediaFile:
    sid: str
    type: str
    body: bytes


class MediaShelf:
    """`refuses` says why somebody may not come; `told` are secrets that were told to the wrong server."""

    def __init__(self, refuses: Callable[[web.Request], web.StreamResponse | None]) -> None:
        self._refuses = refuses
        self._files: dict[str, MediaFile] = {}
        self.told: list[str] = []
        self.elsewhere = ""

    def add(self, type: str = "image/gif", body: bytes = GREY) -> MediaFile:
        made = MediaFile(f"ME{secrets.token_hex(16)}", type, body)
        self._files[made.sid] = made
        return made

    def remove(self, sid: str) -> None:
        """As Twilio does when it is asked to delete a file."""
        del self._files[sid]

    def routes(self) -> list[Any]:
        return [web.get(MEDIA, self._guarded), web.get(SHOWN, self._file)]

    async def start(self) -> None:
        """The other server, on a free port of the loopback."""
        app = web.Application()
        app.add_routes([web.get("/{media}", self._delivered)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.elsewhere = f"http://{host}:{port}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def fetched(self, client: aiohttp.ClientSession, urls: Sequence[str]) -> tuple[MediaFile, ...]:
        """The files of a message that goes out, as Twilio fetches them. Raises ValueError for what it would
        not send.
        """
        return tuple([await self._fetched(client, url) for url in urls])

    async def _fetched(self, client: aiohttp.ClientSession, url: str) -> MediaFile:
        try:
            async with client.get(url) as answer:
                body = await answer.read()
        except aiohttp.ClientError as error:
            raise ValueError("nobody answers there") from error
        if answer.status != 200 or len(body) > LARGEST:
            raise ValueError(f"the address answered {answer.status}, {len(body)} bytes")
        return self.add(answer.content_type, body)

    async def _guarded(self, request: web.Request) -> web.StreamResponse:
        refusal = self._refuses(request)
        if refusal:
            return refusal
        if request.match_info["media"] not in self._files:
            return web.json_response({"code": 20404, "status": 404}, status=404)
        return web.Response(
            status=307, headers={"Location": f"{self.elsewhere}/{request.match_info['media']}"}
        )

    async def _delivered(self, request: web.Request) -> web.StreamResponse:
        if "authorization" in request.headers:
            self.told.append(request.headers["authorization"])
        return await self._file(request)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self._files.get(request.match_info["media"])
        if found is None:
            return web.Response(status=404)
        headers = {"Content-Type": found.type, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=found.body, headers=headers)
