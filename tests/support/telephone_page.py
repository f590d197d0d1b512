"""The page with telephones, a stand-in carrier, and an application that answers TwiML: no centre."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from aiohttp import BasicAuth, ClientSession, web

from infra.local.front.door import FrontDoor, listen
from infra.local.front.proxy import Proxy
from infra.local.front.static import Static
from infra.local.providers.voice import StandInVoice
from tests.support.twiml_house import ACCOUNT, OWN, TOKEN


@dataclass
class TelephonePage:
    """`pages`: path → the inside of <Response>."""

    pages: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.door, self._port = FrontDoor(listen(0)), _free_port()
        self.carrier = StandInVoice(ACCOUNT, TOKEN, OWN, self.door.address)

    @property
    def address(self) -> str:
        return self.door.address

    def ring(self, to: str, twiml: str) -> None:
        """We call somebody, as the centre does."""
        form = urlencode({"To": to, "From": OWN, "Twiml": f"<Response>{twiml}</Response>"}).encode()
        headers = {"Authorization": BasicAuth(ACCOUNT, TOKEN).encode()}
        url = f"http://127.0.0.1:{self._port}/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
        with urlopen(Request(url, form, headers), timeout=15) as answer:
            assert answer.status == 201

    def start(self) -> None:
        self.door.start(self._application, {self._port: self.carrier})

    def _application(self, session: ClientSession) -> web.Application:
        static, app = Static(self.address, "https://files.example.test"), web.Application()
        app.router.add_get("/phone", static.page)
        app.router.add_get("/assets/{path:.*}", static.file)
        proxy = Proxy(session, f"http://127.0.0.1:{self._port}", without="/local/voice")
        app.router.add_route("*", "/local/voice/{path:.*}", proxy)
        app.router.add_get("/local/{channel}/messages", _nothing)
        app.router.add_post("/{path:.*}", self._twiml)
        return app

    async def _twiml(self, request: web.Request) -> web.Response:
        body = f"<Response>{self.pages.get(request.path, '')}</Response>"
        return web.Response(text=body, content_type="text/xml")


@contextmanager
def telephone_page() -> Iterator[TelephonePage]:
    made = TelephonePage()
    made.start()
    try:
        yield made
    finally:
        made.door.stop()


async def _nothing(request: web.Request) -> web.Response:
    return web.json_response({"items": [], "next": None})


def _free_port() -> int:
    with listen(0) as taken:
        return int(taken.getsockname()[1])
