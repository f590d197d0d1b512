"""A WebSocket through the front door, both directions."""

import asyncio

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web
from aiohttp.client_exceptions import ClientError, WSServerHandshakeError

# API Gateway closes with 1009 at a frame over 32 KB (ministack takes 40 KB and more).
FRAME_LIMIT = 32 * 1024
PASSED_ON = ("Origin", "User-Agent", "Cookie", "Accept-Language")
Side = web.WebSocketResponse | ClientWebSocketResponse


class SocketProxy:
    """`base` is the WebSocket API's address; the query (with the ticket) is handed on untouched."""

    def __init__(self, session: ClientSession, base: str) -> None:
        self._session, self._base = session, base

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        try:
            inner = await self._session.ws_connect(
                f"{self._base}?{request.rel_url.raw_query_string}", headers=headers, max_msg_size=0
            )
        except WSServerHandshakeError as refusal:
            return web.json_response({"message": "Forbidden"}, status=refusal.status)
        except ClientError as error:
            return web.json_response({"message": str(error)}, status=502)
        outer = web.WebSocketResponse(max_msg_size=FRAME_LIMIT)
        await outer.prepare(request)
        try:
            await _join(outer, inner)
        finally:
            await inner.close()
            await outer.close()
        return outer


async def _join(outer: Side, inner: Side) -> None:
    """Until either side ends; the other one then hears the same close code."""
    ways = [asyncio.create_task(_pump(outer, inner)), asyncio.create_task(_pump(inner, outer))]
    _, unfinished = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in unfinished:
        way.cancel()
    await asyncio.gather(*ways, return_exceptions=True)


async def _pump(source: Side, sink: Side) -> None:
    async for message in source:
        if message.type is WSMsgType.TEXT:
            await sink.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await sink.send_bytes(message.data)
    await sink.close(code=source.close_code or 1000)
