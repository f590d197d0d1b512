"""The front door hands on what it gets, as it got it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType, web
from aiohttp.client_exceptions import WSServerHandshakeError
from aiohttp.test_utils import TestServer
from yarl import URL

from infra.local.front.door import PortTaken, listen, onward
from infra.local.front.policies import header_policies
from infra.local.front.proxy import Proxy
from infra.local.front.sockets import FRAME_LIMIT, SocketProxy
from tests.support.patience import PATIENCE, happened

Test = Callable[[ClientSession, str, list[Any]], Awaitable[None]]


def through_the_door(test: Test) -> None:
    """Runs a test with a client, the door's address, and what has arrived behind it."""

    async def run() -> None:
        arrived: list[Any] = []
        async with (
            onward() as client,
            a_server(behind(arrived)) as inner,
            a_server(before(client, inner)) as outer,
        ):
            async with asyncio.timeout(PATIENCE):
                await test(client, outer, arrived)

    asyncio.run(run())


@asynccontextmanager
async def a_server(app: web.Application) -> AsyncIterator[str]:
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def before(client: ClientSession, inner: str) -> web.Application:
    app = web.Application()
    app.router.add_route("*", "/socket", SocketProxy(client, f"{inner}/socket"))
    app.router.add_route("*", "/local/sms/{path:.*}", Proxy(client, inner, without="/local/sms"))
    app.router.add_route("*", "/{path:.*}", Proxy(client, f"{inner}/base"))
    return app


def behind(arrived: list[Any]) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        arrived.append((request.method, request.raw_path, await request.read(), request.headers))
        answer = web.Response(status=201, body=b"\x00\xff", headers={"x-own": "1"})
        answer.headers.add("Set-Cookie", "a=1; Path=/api/session; HttpOnly; Secure; SameSite=Strict")
        answer.headers.add("Set-Cookie", "b=2; secure")
        return answer

    async def echo(request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") != "good":
            return web.Response(status=403)
        arrived.append((request.rel_url.raw_query_string, request.headers.get("Origin")))
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.data == "bye":
                await socket.close(code=4001)
            else:
                await socket.send_str(f"heard {message.data}")
        arrived.append("closed")
        return socket

    app = web.Application()
    app.router.add_get("/socket", echo)
    app.router.add_route("*", "/{path:.*}", take)
    return app


def test_path_query_and_body_are_untouched() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        url = URL(f"{door}/webhooks/sms%2Fx?a=%20+%2B&a=2&empty=", encoded=True)

        await client.post(url, data=b"Body=%F0%9F\x00&x=+", headers={"X-Twilio-Signature": "s"})

        method, path, body, headers = arrived[0]
        assert (method, path) == ("POST", "/base/webhooks/sms%2Fx?a=%20+%2B&a=2&empty=")
        assert body == b"Body=%F0%9F\x00&x=+"
        assert headers["X-Twilio-Signature"] == "s"

    through_the_door(test)


def test_status_body_and_every_cookie_come_back_without_the_tls_rule() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        async with client.get(f"{door}/api/session") as answer:
            body = await answer.read()

        assert (answer.status, body, answer.headers["x-own"]) == (201, b"\x00\xff", "1")
        assert answer.headers.getall("Set-Cookie") == [
            "a=1; Path=/api/session; HttpOnly; SameSite=Strict",
            "b=2",
        ]

    through_the_door(test)


def test_the_hops_are_written_down_as_cloudfront_and_api_gateway_do() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        await client.get(door, headers={"X-Forwarded-For": "203.0.113.9", "Connection": "close"})

        headers = arrived[0][3]
        assert headers["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1, 127.0.0.1"
        assert headers["X-Forwarded-Proto"] == "http"

    through_the_door(test)


def test_a_stand_ins_helpers_lie_under_its_channel() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        await client.get(f"{door}/local/sms/messages?after=1")

        assert arrived[0][1] == "/messages?after=1"

    through_the_door(test)


def test_a_socket_speaks_both_ways_and_ends_on_both_sides() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        async with client.ws_connect(f"{door}/socket?ticket=good&x=%2B", origin="http://a.test") as socket:
            await socket.send_str("안녕")
            heard = await socket.receive_str()

        assert heard == "heard 안녕"
        await happened(lambda: arrived[-1:] == ["closed"])
        assert arrived[0] == ("ticket=good&x=%2B", "http://a.test")

    through_the_door(test)


def test_the_other_sides_close_code_comes_through() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        async with client.ws_connect(f"{door}/socket?ticket=good") as socket:
            await socket.send_str("bye")
            last = await socket.receive()

        assert (last.type, last.data) == (WSMsgType.CLOSE, 4001)

    through_the_door(test)


def test_a_frame_that_api_gateway_would_not_take_ends_the_socket() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        async with client.ws_connect(f"{door}/socket?ticket=good") as socket:
            await socket.send_str("x" * (FRAME_LIMIT + 1))
            last = await socket.receive()

        assert (last.type, last.data) == (WSMsgType.CLOSE, 1009)

    through_the_door(test)


def test_a_refused_socket_is_refused_with_the_same_status() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        with pytest.raises(WSServerHandshakeError) as refusal:
            await client.ws_connect(f"{door}/socket?ticket=bad")

        assert refusal.value.status == 403

    through_the_door(test)


def test_the_door_answers_however_many_sockets_are_open() -> None:
    async def test(client: ClientSession, door: str, arrived: list[Any]) -> None:
        opening = (client.ws_connect(f"{door}/socket?ticket=good") for _ in range(150))
        sockets = await asyncio.gather(*opening)

        async with client.get(f"{door}/api/session") as answer:
            status = answer.status
        await sockets[-1].send_str("still")
        heard = await sockets[-1].receive_str()
        await asyncio.gather(*(socket.close() for socket in sockets))

        assert (status, heard) == (201, "heard still")

    through_the_door(test)


def test_a_busy_port_is_said_and_a_free_one_is_found() -> None:
    taken = listen(0)
    try:
        with pytest.raises(PortTaken):
            listen(taken.getsockname()[1])
    finally:
        taken.close()


def test_pages_may_connect_to_their_own_sockets_and_run_no_inline_script() -> None:
    policy = header_policies("ws://127.0.0.1:8000", "http://127.0.0.1:4566")["PageHeaders"][
        "Content-Security-Policy"
    ]

    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    bucket = "http://127.0.0.1:4566"
    assert rules["connect-src"] == f"'self' ws://127.0.0.1:8000 {bucket}"
    assert (rules["img-src"], rules["media-src"]) == (f"'self' data: {bucket}", bucket)
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules


def test_anybodys_page_may_load_the_widget_and_its_files_and_nothing_else() -> None:
    policies = header_policies("ws://127.0.0.1:8000", "http://127.0.0.1:4566")

    allowed = {name: one.get("Access-Control-Allow-Origin") for name, one in policies.items()}
    assert allowed == {"PageHeaders": None, "WidgetHeaders": "*", "AssetHeaders": "*"}
