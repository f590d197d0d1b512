"""A visitor's browser against the running centre: the ticket, the socket, the frames."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError

from infra.local.centre import Centre
from shared.adapters.table import from_image, to_image
from shared.domain.address.way import Way
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Entry, Kind
from tests.support.patience import PATIENCE, happened

pytestmark = pytest.mark.embedded


class Browser:
    """One page with a chat widget, on the front door's own origin."""

    def __init__(self, centre: Centre, http: ClientSession) -> None:
        self.centre, self.http = centre, http
        self.visitor = ""

    async def ticket(self, origin: str = "") -> dict[str, Any]:
        body = {"visitor": self.visitor or None, "language": "ko"}
        headers = {"Origin": origin or self.centre.address}
        async with self.http.post(
            f"{self.centre.address}/public/chat/ticket", json=body, headers=headers
        ) as answer:
            told: dict[str, Any] = await answer.json()
        self.visitor = told.get("visitor", "")
        return told | {"status": answer.status}

    @asynccontextmanager
    async def socket(self, told: dict[str, Any], origin: str = "") -> AsyncIterator[ClientWebSocketResponse]:
        url = f"{told['url']}?ticket={told['ticket']}"
        async with self.http.ws_connect(url, origin=origin or self.centre.address) as opened:
            yield opened


def in_a_browser(centre: Centre, act: Callable[[Browser], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        async with ClientSession() as http:
            await act(Browser(centre, http))

    asyncio.run(all_of_it())


async def frame(socket: ClientWebSocketResponse, type: str) -> dict[str, Any]:
    """The next frame of this type; others are passed over."""
    while True:
        told: dict[str, Any] = json.loads(await socket.receive_str(timeout=PATIENCE))
        if told["type"] == type:
            return told


def test_a_visitor_is_welcomed_heard_and_told_what_was_wrong(centre: Centre) -> None:
    async def act(browser: Browser) -> None:
        id = str(uuid4())
        async with browser.socket(await browser.ticket()) as socket:
            await socket.send_json({"action": "hello", "after": 0})
            welcome = await frame(socket, "welcome")
            await socket.send_json({"action": "message", "id": id, "text": "채팅으로 여쭤봅니다"})
            accepted = await frame(socket, "accepted")
            await socket.send_str("PING")
            error = await frame(socket, "error")

        assert welcome == {"type": "welcome", "after": 0, "next": None}
        assert accepted == {"type": "accepted", "id": id}
        assert (error["code"], error["message"]) == ("junk", "이해할 수 없는 요청입니다.")

    in_a_browser(centre, act)


def test_what_was_said_while_the_page_was_closed_comes_with_the_next_hello(centre: Centre) -> None:
    async def act(browser: Browser) -> None:
        async with browser.socket(await browser.ticket()) as socket:
            await socket.send_json({"action": "message", "id": str(uuid4()), "text": "잠시 나갑니다"})
            await frame(socket, "accepted")
        heard = await entry_of(centre, "잠시 나갑니다")
        answered(centre, heard, "돌아오셨네요")

        async with browser.socket(await browser.ticket()) as socket:
            await socket.send_json({"action": "hello", "after": 0})
            message = await frame(socket, "message")

        assert (message["text"], message["from"]) == ("돌아오셨네요", "agent")

    in_a_browser(centre, act)


async def entry_of(centre: Centre, text: str) -> Entry:
    """The stored entry with this text, once the router has written it."""
    client, name = centre.client("dynamodb"), centre.outputs["TableName"]

    def look() -> Entry | None:
        pages = client.get_paginator("scan").paginate(TableName=name)
        items = (item for page in pages for item in page["Items"] if item["sk"]["S"].startswith("ENTRY#"))
        return next((entry for entry in map(from_image, items) if entry.text == text), None)

    found: Entry = await happened(look)
    return found


def answered(centre: Centre, heard: Entry, text: str) -> None:
    """An answer as an agent's reply would write it."""
    entry = Entry(
        heard.timeline,
        99,
        "01KDY0ENTRY000000000000001",
        heard.at,
        Kind.MESSAGE_SENT,
        Audience.CUSTOMER,
        "agent:one",
        way=Way("chat", heard.address),
        content=Content(text),
    )
    centre.client("dynamodb").put_item(TableName=centre.outputs["TableName"], Item=to_image(entry))


@pytest.mark.parametrize("wrong", ["used", "made up", "foreign origin"])
def test_a_socket_that_must_not_open_does_not(centre: Centre, wrong: str) -> None:
    async def act(browser: Browser) -> None:
        told = await browser.ticket()
        if wrong == "used":
            async with browser.socket(told):
                pass
        if wrong == "made up":
            told |= {"ticket": "never-given"}
        origin = "https://evil.example" if wrong == "foreign origin" else ""

        with pytest.raises(WSServerHandshakeError) as refused:
            async with browser.socket(told, origin):
                pass

        assert refused.value.status == 403

    in_a_browser(centre, act)


def test_of_five_who_come_at_once_with_one_ticket_one_gets_in(centre: Centre) -> None:
    async def act(browser: Browser) -> None:
        told = await browser.ticket()

        async def knock() -> int:
            try:
                async with browser.socket(told):
                    return 101
            except WSServerHandshakeError as refused:
                return refused.status

        assert sorted(await asyncio.gather(*(knock() for _ in range(5)))) == [101, 403, 403, 403, 403]

    in_a_browser(centre, act)


def test_a_foreign_page_gets_no_ticket(centre: Centre) -> None:
    async def act(browser: Browser) -> None:
        told = await browser.ticket("https://evil.example")

        assert (told["status"], told["error"]["code"]) == (403, "foreign_page")

    in_a_browser(centre, act)


def test_the_same_browser_stays_the_same_visitor(centre: Centre) -> None:
    async def act(browser: Browser) -> None:
        first = (await browser.ticket())["visitor"]

        assert (await browser.ticket())["visitor"] == first

    in_a_browser(centre, act)


def test_a_socket_carries_a_full_message_and_refuses_a_larger_one(centre: Centre) -> None:
    async def act(browser: Browser) -> None:
        async with browser.socket(await browser.ticket()) as socket:
            await socket.send_json({"action": "message", "id": str(uuid4()), "text": "가" * 4000})
            accepted = await frame(socket, "accepted")
            await socket.send_json({"action": "message", "id": str(uuid4()), "text": "a" * 4001})
            error = await frame(socket, "error")

        assert accepted["id"]
        assert error["code"] == "too_long"

    in_a_browser(centre, act)
