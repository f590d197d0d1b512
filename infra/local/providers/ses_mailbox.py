"""People's mailboxes: what they got, what they write to the centre, and one click that ends a list."""

from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from infra.local.providers.kit import newer, refused
from infra.local.providers.ses_book import Attached, Book, Posted, receivers, written
from infra.local.providers.ses_words import Verdicts

NO_FILE = "application/octet-stream"
Take = Callable[[bytes, str, Sequence[str]], Awaitable[Posted]]
Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[int]]


class Mailbox:
    """`take` is the mail server's; `address` is the front door's, to which alone anything is posted."""

    def __init__(self, book: Book, take: Take, verdicts: Verdicts, address: str, post: Post) -> None:
        self._book, self._take, self._verdicts = book, take, verdicts
        self._address, self._post = address, post

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/messages", self._shown),
            web.post("/send", self._send),
            web.get("/mails/{n}/{file}", self._file),
            web.post("/unsubscribe", self._unsubscribe),
            web.post("/verdicts", self._judged),
        ]

    async def _shown(self, request: web.Request) -> web.StreamResponse:
        address, last = request.query.get("address", "").lower(), int(request.query.get("after", "0"))
        return web.json_response(newer(self._book.mails, address, last))

    async def _send(self, request: web.Request) -> web.StreamResponse:
        """{from, text, subject?, to?, cc?, answers?: n of a mail, files?: [{name, type, data in base64}]}"""
        told = await request.json()
        files = [
            Attached(f["name"], f.get("type") or NO_FILE, b64decode(f["data"])) for f in told.get("files", ())
        ]
        try:
            raw = written(told, files, self._book.numbered(int(told.get("answers") or 0)))
            posted = await self._take(raw, str(told["from"]), receivers(raw))
        except Exception as error:  # said at the mailbox, whatever it is
            return refused("refused", f"The mail was not taken: {error}", 502)
        return web.json_response(posted.shown())

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file of a mail; its source by the name "raw"."""
        n, name = request.match_info["n"], request.match_info["file"]
        posted = self._book.numbered(int(n)) if n.isdecimal() else None
        files = posted.mail.files if posted else ()
        plain = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if posted and name == "raw":
            return web.Response(body=posted.raw, content_type="text/plain", headers=plain)
        if not name.isdecimal() or int(name) >= len(files):
            return web.Response(status=404)
        file = files[int(name)]
        picture = file.type.startswith("image/") and "svg" not in file.type
        return web.Response(body=file.data, content_type=file.type if picture else NO_FILE, headers=plain)

    async def _unsubscribe(self, request: web.Request) -> web.StreamResponse:
        """{n}: what a mail provider does for who presses "unsubscribe" (RFC 8058); to the centre alone."""
        posted = self._book.numbered(int((await request.json()).get("n") or 0))
        url = posted.unsubscribe if posted else ""
        if not self._address or not url.startswith(f"{self._address}/"):
            return refused("no_link", "This mail has no link of the centre.", 400)
        form = {"content-type": "application/x-www-form-urlencoded"}
        status = await self._post(url, b"List-Unsubscribe=One-Click", form)
        return web.json_response({"status": status}, status=200 if status == 200 else 502)

    async def _judged(self, request: web.Request) -> web.StreamResponse:
        """{dmarc?, spam?, virus?}: what SES finds of the mails that come next."""
        told = await request.json()
        for name in ("dmarc", "spam", "virus"):
            setattr(self._verdicts, name, str(told.get(name) or getattr(self._verdicts, name)))
        return web.json_response({})
