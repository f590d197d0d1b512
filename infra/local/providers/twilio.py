"""A stand-in for Twilio: a real HTTP server on loopback with Twilio's REST shape.

It takes what the SMS sender posts, calls back about it with correct signatures (every second time in
the wrong order, as Twilio does now and then), and lets a person write as the customer. Never deployed.
"""

import asyncio
import secrets
from base64 import b64decode
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urlsplit

import aiohttp
from aiohttp import BasicAuth, web

from infra.local.providers import Said
from infra.local.providers.twilio_book import ERRORS, Book, Refusal, Text
from infra.local.providers.twilio_list import listed
from infra.local.providers.twilio_media import MediaShelf
from shared.domain.channel.request import Request
from shared.providers.twilio import signature, signed_strings

WEBHOOK = "/webhooks/sms"
FORM = "application/x-www-form-urlencoded"
MESSAGES = "/2010-04-01/Accounts/{account}/Messages.json"
BODY_LIMIT = 16 * 1024 * 1024  # pictures in base64
CALLBACK_PAUSE = 0.05  # seconds; Twilio takes seconds


class StandInTwilio:
    """`public_url` is where the centre's front door is: known late, so it may be a function."""

    def __init__(
        self, account_sid: str, auth_token: str, own_number: str, public_url: str | Callable[[], str]
    ) -> None:
        self.account_sid, self.auth_token = account_sid, auth_token
        self.book = Book(own_number)
        self.shelf = MediaShelf(self._refused)
        self.url = ""
        self._public_url = public_url
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> None:
        """Serve on a free port of the loopback; `url` says which."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.add_routes(
            [
                web.post(MESSAGES, self._create),
                web.get(MESSAGES, self._list),
                web.get("/messages", self._shown),
                web.post("/send", self._send),
                web.post("/control", self._control),
                *self.shelf.routes(),
            ]
        )
        await self.shelf.start()
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.close()
        await self.shelf.stop()
        await self._runner.cleanup()

    async def settled(self) -> None:
        """Wait until every callback that was due has been sent."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    # ------------------------------------------------------------------ Twilio's own interface

    async def _create(self, request: web.Request) -> web.StreamResponse:
        refusal = self._stranger(request)
        if refusal:
            return _refuse(refusal)
        form = await request.post()
        to, sender, body, callback = (str(form.get(k, "")) for k in ("To", "From", "Body", "StatusCallback"))
        manner, urls = self.book.manner(to), [str(url) for url in form.getall("MediaUrl", [])]
        refusal = self.book.refusal(to, sender, body, manner, len(urls))
        if refusal:
            return _refuse(refusal)
        try:
            media = await self.shelf.fetched(self._client, urls)
        except ValueError as error:
            return _refuse(Refusal(400, 21620, f"Invalid media URL(s): {error}"))
        text = self.book.add(inbound=False, sender=sender, to=to, body=body, callback=callback, media=media)
        await self._report(text, manner)
        if manner == "no_answer" and request.transport:
            request.transport.close()
        return web.json_response(text.resource(self.account_sid) | {"status": "queued"}, status=201)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        refusal = self._stranger(request)
        if refusal:
            return _refuse(refusal)
        return web.json_response(listed(self.book.texts, self.account_sid, request.query))

    def _refused(self, request: web.Request) -> web.StreamResponse | None:
        refusal = self._stranger(request)
        return _refuse(refusal) if refusal else None

    def _stranger(self, request: web.Request) -> Refusal | None:
        expected = BasicAuth(self.account_sid, self.auth_token).encode()
        if request.headers.get("authorization") != expected:
            return Refusal(401, 20003, "Authenticate")
        if request.match_info["account"] != self.account_sid:
            return Refusal(404, 20404, "The requested resource was not found")
        return None

    # ------------------------------------------------------------------ callbacks

    async def _report(self, text: Text, manner: str) -> None:
        if not text.callback:
            return
        if manner == "early":
            # known to happen: the callback overtakes the answer to the request
            await self._call_back(text, "delivered", "")
            return
        task = asyncio.create_task(self._call_back_all(text, manner))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _call_back_all(self, text: Text, manner: str) -> None:
        for status, code in self.book.callbacks(text, manner):
            await asyncio.sleep(CALLBACK_PAUSE)
            await self._call_back(text, status, code)
        text.status = ERRORS[manner][1] if manner in ERRORS else "sent" if manner == "silent" else "delivered"

    async def _call_back(self, text: Text, status: str, code: str) -> None:
        text.status, text.error_code = status, code
        await self._post(text.callback, text.report(self.account_sid, code))

    async def _post(self, url: str, form: Mapping[str, str]) -> int:
        """A signed form, as Twilio posts it: a second try only when the connection fails. 0: no answer."""
        body = urlencode(form).encode()
        headers = {"content-type": FORM, "x-twilio-signature": sign(url, body, self.auth_token)}
        for _ in range(2):
            try:
                async with self._client.post(url, data=body, headers=headers) as answer:
                    await answer.read()
                    return answer.status
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                return 0
        return 0

    # ------------------------------------------------------------------ for the person at the phone

    async def _shown(self, request: web.Request) -> web.StreamResponse:
        items = self.book.between(request.query.get("number", ""), int(request.query.get("after", "0")))
        return web.json_response({"items": items, "next": items[-1]["n"] if items else None})

    async def _send(self, request: web.Request) -> web.StreamResponse:
        """{from, text, media?, files?, id?, lost?}: a customer's SMS, with so many grey pictures, and files
        as {type, data in base64}. The same id again is Twilio delivering twice; one that is lost stands in
        Twilio's list, and no webhook tells of it.
        """
        told = await request.json()
        sender, body = str(told.get("from", "")), str(told.get("text", ""))
        media = [self.shelf.add() for _ in range(int(told.get("media") or 0))]
        media += [self.shelf.add(file["type"], b64decode(file["data"])) for file in told.get("files", ())]
        text = self.book.add(
            inbound=True,
            sender=sender,
            to=self.book.own_number,
            body=body,
            sid=str(told.get("id") or ""),
            media=tuple(media),
            status="received",
        )
        self.book.heed(sender, body)
        if told.get("lost"):
            return web.json_response(text.shown())
        address = self._public_url if isinstance(self._public_url, str) else self._public_url()
        status = await self._post(f"{address.rstrip('/')}{WEBHOOK}", text.webhook(self.account_sid, self.url))
        if 200 <= status < 300:
            return web.json_response(text.shown())
        error = {"code": "refused", "message": f"The webhook answered {status or 'nothing'}.", "fields": {}}
        return web.json_response({"error": error}, status=502)

    async def _control(self, request: web.Request) -> web.StreamResponse:
        """{number?, behaviour, times?}: how to treat the next messages to a number, or to all."""
        told = await request.json()
        try:
            self.book.order(
                str(told.get("number", "")), str(told.get("behaviour")), int(told.get("times", -1))
            )
        except ValueError as error:
            return web.json_response(
                {"error": {"code": "unknown", "message": str(error), "fields": {}}}, status=400
            )
        return web.json_response({})


def sign(url: str, body: bytes, token: str) -> str:
    """Twilio's signature of a form posted to a URL."""
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}"
    request = Request("POST", parts.path, parts.query, {"content-type": FORM}, body, "")
    return signature(token.encode(), next(signed_strings(request, base))).decode()


def account() -> dict[str, str]:
    """A made-up account, with Twilio's own number for tests."""
    return {
        "account_sid": f"AC{secrets.token_hex(16)}",
        "auth_token": secrets.token_hex(16),
        "from_number": "+15005550006",
    }


def stand_in(account: Mapping[str, str], public_url: str) -> StandInTwilio:
    return StandInTwilio(account["account_sid"], account["auth_token"], account["from_number"], public_url)


def said(account: Mapping[str, str], address: str, sender: str, text: str, id: str = "") -> Said:
    """What Twilio posts for an incoming message, signed."""
    form = {
        "MessageSid": id or f"SM{secrets.token_hex(16)}",
        "AccountSid": account["account_sid"],
        "From": sender,
        "To": account["from_number"],
        "Body": text,
        "NumMedia": "0",
        "ApiVersion": "2010-04-01",
    }
    body = urlencode(form).encode()
    proof = sign(f"{address}{WEBHOOK}", body, account["auth_token"])
    return Said(WEBHOOK, body, {"content-type": FORM, "x-twilio-signature": proof}, form["MessageSid"])


def _refuse(refusal: Refusal) -> web.StreamResponse:
    return web.json_response(refusal.document(), status=refusal.status)
