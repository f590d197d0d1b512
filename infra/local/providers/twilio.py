"""A stand-in for Twilio: a real HTTP server on loopback with Twilio's REST shape.

It takes what the SMS sender posts, calls back about it with correct signatures (every second time in
the wrong order, as Twilio does now and then), and lets a person write as the customer. Never deployed.
"""

import secrets
from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlencode, urlsplit

from aiohttp import BasicAuth, web

from infra.local.providers import Said
from infra.local.providers.kit import Later, Server, after, newer, refused
from infra.local.providers.twilio_book import ERRORS, Book, Refusal, Text
from infra.local.providers.twilio_list import listed
from infra.local.providers.twilio_media import MediaShelf
from shared.domain.channel.request import Request
from shared.providers.twilio import signature, signed_strings

WEBHOOK = "/webhooks/sms"
FORM = "application/x-www-form-urlencoded"
MESSAGES = "/2010-04-01/Accounts/{account}/Messages.json"


class StandInTwilio:
    """`public_url` is where the centre's front door is: known late, so it may be a function."""

    def __init__(
        self, account_sid: str, auth_token: str, own_number: str, public_url: str | Callable[[], str]
    ) -> None:
        self.account_sid, self.auth_token = account_sid, auth_token
        self.book = Book(own_number)
        self.shelf = MediaShelf(self._refused)
        self._public_url = public_url
        self._later = Later()
        routes = [web.post(MESSAGES, self._create), web.get(MESSAGES, self._list)]
        routes += [web.get("/messages", self._shown), web.post("/send", self._send), *self.shelf.routes()]
        self._server = Server(self.book.orders, routes)

    @property
    def url(self) -> str:
        """Where it is served; "" before it starts."""
        return self._server.url

    async def start(self, port: int = 0) -> None:
        """Serve on a free port of the loopback; `url` says which."""
        await self.shelf.start()
        await self._server.start(port)

    async def stop(self) -> None:
        await self._later.stop()
        await self.shelf.stop()
        await self._server.stop()

    async def settled(self) -> None:
        """Wait until every callback that was due has been sent."""
        await self._later.settled()

    # ------------------------------------------------------------------ Twilio's own interface

    async def _create(self, request: web.Request) -> web.StreamResponse:
        refusal = self._stranger(request)
        if refusal:
            return _refuse(refusal)
        form = await request.post()
        to, sender, body, callback = (str(form.get(k, "")) for k in ("To", "From", "Body", "StatusCallback"))
        manner, urls = self.book.orders.manner(to), [str(url) for url in form.getall("MediaUrl", [])]
        refusal = self.book.refusal(to, sender, body, manner, len(urls))
        if refusal:
            return _refuse(refusal)
        try:
            media = await self.shelf.fetched(self._server.client, urls)
        except ValueError as error:
            return _refuse(Refusal(400, 21620, f"Invalid media URL(s): {error}"))
        text = self.book.add(inbound=False, sender=sender, to=to, body=body, callback=callback, media=media)
        await self._report(text, manner)
        await after(manner, request)
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
        words = self.book.callbacks(text, manner)
        calls = [partial(self._call_back, text, status, code) for status, code in words]
        self._later.tell([*calls, partial(self._ended, text, manner)], manner)

    async def _ended(self, text: Text, manner: str) -> None:
        """What Twilio's list says in the end, whatever was called back last."""
        text.status = ERRORS[manner][1] if manner in ERRORS else "sent" if manner == "silent" else "delivered"

    async def _call_back(self, text: Text, status: str, code: str) -> None:
        text.status, text.error_code = status, code
        await self._post(text.callback, text.report(self.account_sid, code))

    async def _post(self, url: str, form: Mapping[str, str]) -> int:
        """A signed form, as Twilio posts it. 0: no answer."""
        body = urlencode(form).encode()
        headers = {"content-type": FORM, "x-twilio-signature": sign(url, body, self.auth_token)}
        return await self._server.post(url, body, headers)

    # ------------------------------------------------------------------ for the person at the phone

    async def _shown(self, request: web.Request) -> web.StreamResponse:
        number, last = request.query.get("number", ""), int(request.query.get("after", "0"))
        return web.json_response(newer(self.book.texts, number, last))

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
        return refused("refused", f"The webhook answered {status or 'nothing'}.", 502)


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
