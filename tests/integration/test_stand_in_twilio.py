"""The stand-in provider behaves like the real one, as far as we rely on it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web

from functions.channels.sms import outbound
from infra.local.providers.twilio import StandInTwilio, account
from infra.local.providers.twilio_media import GREY
from infra.twins.clock import START
from shared.adapters.fetch import GuardedFetch
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.carriage import Basic, Failed, HttpCall, Later, NoAnswer, OtherSide, Result, Sent
from shared.domain.channel.fetching import Fetched, NotThere, Unfetchable, Wanted
from shared.domain.channel.request import Request
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.providers import twilio

ACCOUNT, TOKEN = (account()[name] for name in ("account_sid", "auth_token"))
OWN, CUSTOMER = "+15005550006", "+821055500001"
SECRET = {"account_sid": ACCOUNT, "auth_token": TOKEN, "from_number": OWN}

ENTRY = Entry(
    timeline="C1",
    seq=7,
    id="E7",
    at=START,
    kind=Kind.MESSAGE_SENT,
    audience=Audience.CUSTOMER,
    actor="agent:one",
    way=Way(channel="sms", address=Address("phone", CUSTOMER), reply_to=CUSTOMER),
    content=Content("안녕하세요 👍"),
    delivery=Delivery.QUEUED,
)


@dataclass
class Centre:
    """Our side: a server that takes webhooks, and the stand-in it talks to."""

    provider: StandInTwilio
    client: aiohttp.ClientSession
    url: str = ""
    hooks: list[tuple[Request, dict[str, str]]] = field(default_factory=list)
    status: int = 200

    async def send(self, entry: Entry = ENTRY, secret: dict[str, str] = SECRET) -> Result | NoAnswer:
        return outbound.interpret(*await self.call(self.rendered(entry, secret)))

    def rendered(self, entry: Entry = ENTRY, secret: dict[str, str] = SECRET) -> HttpCall:
        return outbound.render(entry, secret, OtherSide(self.provider.url, self.url))

    async def call(self, call: HttpCall) -> tuple[int, bytes]:
        ours = call.auth
        auth = aiohttp.BasicAuth(ours.name, ours.password) if isinstance(ours, Basic) else None
        async with self.client.request(
            call.method, call.url, data=call.body, headers=dict(call.headers), auth=auth
        ) as answer:
            return answer.status, await answer.read()

    async def ask(self, path: str, told: object = None) -> tuple[int, Any]:
        method = "GET" if told is None else "POST"
        async with self.client.request(method, self.provider.url + path, json=told) as answer:
            return answer.status, await answer.json()

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        came = Request(request.method, request.path, request.query_string, headers, body, "1")
        self.hooks.append(
            (came, {k: v[0] for k, v in parse_qs(body.decode(), keep_blank_values=True).items()})
        )
        return web.Response(status=self.status)


def run(journey: Callable[[Centre], Awaitable[None]]) -> None:
    asyncio.run(_run(journey))


async def _run(journey: Callable[[Centre], Awaitable[None]]) -> None:
    async with aiohttp.ClientSession() as client:
        provider = StandInTwilio(ACCOUNT, TOKEN, OWN, lambda: centre.url)
        centre = Centre(provider, client)
        app = web.Application()
        app.router.add_post("/webhooks/{rest:.*}", centre.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        centre.url = "http://{}:{}".format(*runner.addresses[0][:2])
        await provider.start()
        try:
            await journey(centre)
        finally:
            await provider.stop()
            await runner.cleanup()


def test_a_message_is_taken_and_called_back_about_with_a_signature_that_proves() -> None:
    async def journey(centre: Centre) -> None:
        sent = await centre.send()
        await centre.provider.settled()

        assert isinstance(sent, Sent) and sent.provider_id.startswith("SM")
        assert [form["MessageStatus"] for _, form in centre.hooks] == ["sent", "delivered"]
        for came, form in centre.hooks:
            twilio.prove(came, SECRET, centre.url)
            assert (came.path, came.query) == ("/webhooks/sms/status", "c=C1&s=7")
            assert form["MessageSid"] == sent.provider_id

    run(journey)


def test_every_second_message_is_called_back_about_in_the_wrong_order() -> None:
    async def journey(centre: Centre) -> None:
        await centre.send()
        await centre.provider.settled()
        centre.hooks.clear()
        await centre.send(replace(ENTRY, seq=8))
        await centre.provider.settled()

        assert [form["MessageStatus"] for _, form in centre.hooks] == ["delivered", "sent"]

    run(journey)


def test_a_stranger_is_refused() -> None:
    async def journey(centre: Centre) -> None:
        status, body = await centre.call(centre.rendered(secret=SECRET | {"auth_token": "wrong"}))

        assert status == 401
        assert json.loads(body)["code"] == 20003

    run(journey)


@pytest.mark.parametrize(
    ("behaviour", "result"),
    [
        ("opted_out", Failed("opted_out", "21610")),
        ("bad_number", Failed("bad_number", "21211")),
        ("too_many", Later("too_many", "20429")),
        ("broken", Later("unavailable", "20503")),
    ],
)
def test_it_refuses_on_demand_and_then_takes_again(behaviour: str, result: Result) -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/control", {"number": CUSTOMER, "behaviour": behaviour, "times": 1})

        assert await centre.send() == result
        assert isinstance(await centre.send(), Sent)

    run(journey)


@pytest.mark.parametrize(
    ("behaviour", "states"),
    [
        ("undelivered", [("sent", None), ("undelivered", "30003")]),
        ("filtered", [("sent", None), ("undelivered", "30007")]),
        ("silent", []),
        ("early", [("delivered", None)]),
        ("reordered", [("delivered", None), ("sent", None)]),
        ("doubled", [("sent", None), ("sent", None), ("delivered", None), ("delivered", None)]),
        ("late", [("sent", None), ("delivered", None)]),
        ("slow", [("sent", None), ("delivered", None)]),
    ],
)
def test_what_becomes_of_a_message_can_be_ordered(
    behaviour: str, states: list[tuple[str, str | None]]
) -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/control", {"behaviour": behaviour})
        await centre.send()
        await centre.provider.settled()

        assert [(form["MessageStatus"], form.get("ErrorCode")) for _, form in centre.hooks] == states

    run(journey)


def test_an_answer_can_get_lost_after_the_message_was_taken() -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/control", {"behaviour": "no_answer"})

        with pytest.raises(aiohttp.ClientError):
            await centre.send()
        assert len(centre.provider.book.texts) == 1

    run(journey)


def test_an_unknown_order_is_refused() -> None:
    async def journey(centre: Centre) -> None:
        assert (await centre.ask("/control", {"behaviour": "dance"}))[0] == 400

    run(journey)


def test_who_said_stop_gets_nothing_until_they_say_start() -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/send", {"from": CUSTOMER, "text": " stop "})
        assert await centre.send() == Failed("opted_out", "21610")

        await centre.ask("/send", {"from": CUSTOMER, "text": "START"})
        assert isinstance(await centre.send(), Sent)

    run(journey)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (replace(ENTRY, way=replace(ENTRY.way, reply_to="Shop Alert")), "21211"),
        (replace(ENTRY, way=replace(ENTRY.way, reply_to="anonymous")), "21211"),
        (replace(ENTRY, way=replace(ENTRY.way, own_side="+15005550099")), "21606"),
    ],
)
def test_what_twilio_refuses_it_refuses(entry: Entry, code: str) -> None:
    async def journey(centre: Centre) -> None:
        result = await centre.send(entry)

        assert isinstance(result, Failed) and result.code == code

    run(journey)


def test_a_person_writes_as_the_customer_and_the_webhook_gets_a_request_that_proves() -> None:
    async def journey(centre: Centre) -> None:
        status, told = await centre.ask("/send", {"from": CUSTOMER, "text": "안녕 👍", "media": 2})

        assert status == 200
        ((came, form),) = centre.hooks
        twilio.prove(came, SECRET, centre.url)
        assert came.path == "/webhooks/sms"
        assert (form["From"], form["To"], form["Body"], form["NumMedia"]) == (CUSTOMER, OWN, "안녕 👍", "2")
        assert form["MessageSid"] == told["id"]

    run(journey)


def test_the_same_id_again_is_the_same_message_delivered_twice() -> None:
    async def journey(centre: Centre) -> None:
        for _ in range(2):
            await centre.ask("/send", {"from": CUSTOMER, "text": "hi", "id": "SM1"})

        assert [form["MessageSid"] for _, form in centre.hooks] == ["SM1", "SM1"]

    run(journey)


def test_a_webhook_that_refuses_is_said() -> None:
    async def journey(centre: Centre) -> None:
        centre.status = 503

        status, told = await centre.ask("/send", {"from": CUSTOMER, "text": "hi"})

        assert status == 502
        assert told["error"]["message"] == "The webhook answered 503."

    run(journey)


def test_the_phone_asks_for_what_is_new() -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/send", {"from": CUSTOMER, "text": "question"})
        await centre.send()
        await centre.ask("/send", {"from": "+821055500002", "text": "somebody else"})

        _, all_of_it = await centre.ask(f"/messages?number=%2B{CUSTOMER[1:]}")
        _, newer = await centre.ask(f"/messages?number=%2B{CUSTOMER[1:]}&after=1")

        assert [(m["direction"], m["text"]) for m in all_of_it["items"]] == [
            ("inbound", "question"),
            ("outbound", "안녕하세요 👍"),
        ]
        assert [m["n"] for m in newer["items"]] == [2]
        assert newer["next"] == 2

    run(journey)


def test_its_own_list_names_what_came_in_for_the_daily_comparison() -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/send", {"from": CUSTOMER, "text": "hi", "id": "SM1"})
        await centre.send()
        url = (
            f"{centre.provider.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json?To=%2B{OWN[1:]}&PageSize=1000"
        )

        status, body = await centre.call(HttpCall("GET", url, auth=Basic(ACCOUNT, TOKEN)))

        assert status == 200
        assert [(m["sid"], m["direction"]) for m in json.loads(body)["messages"]] == [("SM1", "inbound")]

    run(journey)


def test_a_file_is_handed_out_to_the_account_alone_and_from_another_server_which_is_told_nothing() -> None:
    async def journey(centre: Centre) -> None:
        await centre.ask("/send", {"from": CUSTOMER, "text": "", "media": 1})
        url, shelf = centre.hooks[0][1]["MediaUrl0"], centre.provider.shelf
        ours = Wanted(url, Basic(ACCOUNT, TOKEN), (centre.provider.url,), ("127.0.0.1",))

        fetched = [await asyncio.to_thread(GuardedFetch(), w) for w in (ours, replace(ours, hosts=()))]

        assert fetched == [Fetched(GREY), Unfetchable("not_allowed")]
        assert shelf.told == []
        shelf.remove(url.rsplit("/", 1)[1])
        assert await asyncio.to_thread(GuardedFetch(), ours) == NotThere(for_good=False)

    run(journey)


def test_a_file_that_goes_out_is_fetched_at_once_and_shown_to_the_customer() -> None:
    async def journey(centre: Centre) -> None:
        lent = centre.provider.shelf.add("image/png", b"picture")
        part = Part("a.png", "image/png", 7, PartState.STORED, "media/C1/E1/0")
        entry = replace(ENTRY, content=Content("", (part,)))
        files = {part.key: f"{centre.provider.shelf.elsewhere}/{lent.sid}"}
        call = outbound.render(entry, SECRET, OtherSide(centre.provider.url, centre.url, files))

        assert isinstance(outbound.interpret(*await centre.call(call)), Sent)
        _, told = await centre.ask(f"/messages?number=%2B{CUSTOMER[1:]}&after=0")

        (file,) = told["items"][-1]["files"]
        assert file["type"] == "image/png"
        async with centre.client.get(centre.provider.url + file["path"]) as answer:
            assert await answer.read() == b"picture"

    run(journey)


def test_a_file_that_nobody_has_is_refused_with_twilios_code() -> None:
    async def journey(centre: Centre) -> None:
        part = Part("a.png", "image/png", 7, PartState.STORED, "media/C1/E1/0")
        files = {part.key: f"{centre.provider.shelf.elsewhere}/none"}
        entry = replace(ENTRY, content=Content("Look", (part,)))
        call = outbound.render(entry, SECRET, OtherSide(centre.provider.url, centre.url, files))

        result = outbound.interpret(*await centre.call(call))

        assert isinstance(result, Failed) and result.code == "21620"

    run(journey)
