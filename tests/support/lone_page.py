"""A page of the staff's without a centre: a browser with it open, answered as a test wants."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from infra.web import web_files
from shared.adapters.codec import encode
from shared.domain.desk.agent_view import AgentView
from shared.domain.desk.card_view import Card, CaseView, WayView
from shared.domain.desk.profile_view import ProfileView
from shared.domain.desk.views import EntryView
from shared.domain.times import iso
from tests.support.asked import Asked, Refusal, refuse
from tests.support.house import SIGNED_IN_BEFORE

ORIGIN = "http://localhost"  # what a browser takes for safe, as the modules need
AT = datetime(2026, 3, 2, 5, tzinfo=UTC)
ME = AgentView("A", "Agent One", ("agent",), "", "available", "interacting", version=1)
FILES = web_files()
MOST = 200


def moment(seq: int) -> str:
    """A line every 20 minutes, so that days change and no two are of one breath."""
    return iso(AT + timedelta(minutes=20 * seq))


def line(seq: int, customer: str = "C0", **told: Any) -> EntryView:
    """A line of a customer's first case, said by the customer and by the agent in turn."""
    ours = seq % 2 == 0
    made = EntryView(
        customer, seq, f"E{seq}", moment(seq), "message_sent" if ours else "message_received", "customer",
        "agent:A" if ours else "customer", "Agent One" if ours else "", "sms", f"case-{customer}",
        f"Line {seq} of {customer}, long enough to read.", "delivered" if ours else None, "", "", {},
    )  # fmt: skip
    return replace(made, **told)


def card(customer: str, version: int) -> Card:
    case = CaseView(
        f"case-{customer}", customer, "owned", "main", "A", "Agent One", moment(1), None, "", ("sms",), None,
        (),
    )  # fmt: skip
    way = WayView("sms", "+821055550001", "010-5555-0001", True, "", last=True)
    name = f"Customer {customer}"
    return Card(customer, version, name, "en", (), (case,), (way,), profile=ProfileView(1, name))


@dataclass
class LonePage:
    """`lines` are a customer's, by their id. `asked` are the requests it made. `answers` are more of them, by
    path: a value, or a function of what was asked; `refusals` go before, by "PUT /path" or by "/path".
    `files` are scripts by their address, in the place of those that the build takes from elsewhere.
    While it is `unreachable` every request is answered by 503, while it is `offline` by nothing. Once
    `signed_out` the session is over, until somebody signs in.
    """

    browser: Browser
    lines: dict[str, list[EntryView]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    told: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    agent: AgentView = ME
    unreachable: bool = False
    offline: bool = False
    signed_out: bool = False
    socket: WebSocketRoute | None = None
    _contexts: list[BrowserContext] = field(default_factory=list)

    AT: ClassVar[str] = "/desk"
    STANDS: ClassVar[str] = "pb-work"

    def has(self, customer: str, lines: int, **told: Any) -> None:
        """A customer of ours with a case and so many lines."""
        self.lines[customer] = [line(seq, customer, **told) for seq in range(1, lines + 1)]

    def open(self, at: str = "", signed_in: bool = True, clock: bool = False, **options: Any) -> Page:
        """The page of somebody who is signed in already, or the form by which one signs in. With `clock` time
        goes on when the test says so.
        """
        told = {"locale": "en-GB", "reduced_motion": "reduce"} | options
        made = self.browser.new_context(base_url=ORIGIN, **told)
        made.on("weberror", lambda told: self.wrong.append(str(told.error)))
        made.route(f"{ORIGIN}/**", self._serve)
        made.route_web_socket("ws://localhost/socket**", self._connect)
        if clock:
            made.clock.install()
        if signed_in:
            made.add_init_script(SIGNED_IN_BEFORE)
        self._contexts.append(made)
        page = made.new_page()
        page.goto(at or self.AT)
        page.locator(self.STANDS if signed_in else "pb-login").first.wait_for()
        return page

    def said(self, customer: str, **told: Any) -> EntryView:
        """A new line of a customer comes by the live line."""
        made = line(len(self.lines[customer]) + 1, customer, **told)
        self.lines[customer].append(made)
        self.push({"type": "entry", "entry": asdict(made)})
        return made

    def push(self, frame: dict[str, Any]) -> None:
        assert self.socket
        self.socket.send(json.dumps(frame))

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def heard(self, frame: dict[str, Any]) -> None:
        """What the page says on its live line; a test that answers it says how."""

    def answer(self, asked: Asked) -> Any:
        """What the page asks beyond its session; of a customer without more ado."""
        _, head, customer, *rest = asked.path.split("/")
        assert head == "customers", asked.path
        if rest == ["entries"]:
            return self._entries(customer, asked.query)
        return self.cards.get(customer) or card(customer, len(self.lines[customer]))

    def _connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.on_message(lambda said: self.heard(json.loads(said)))

    def _serve(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path.startswith("/api/"):
            return self._told(route, url.path.removeprefix("/api"), url.query)
        if script := self.files.get(url.path[1:]):
            return route.fulfill(body=script, content_type="text/javascript")
        key = f"{url.path[1:]}.html" if "/" not in url.path[1:] else url.path.removeprefix("/")
        if (file := FILES.get(key)) is None:
            return route.fulfill(status=404)
        return route.fulfill(body=file.body, content_type=file.content_type)

    def _told(self, route: Route, path: str, query: str) -> None:
        method, body = route.request.method, route.request.post_data_json or {}
        self.asked.append(f"{method} {path}")
        if self.offline:
            return route.abort("internetdisconnected")
        if self.unreachable:
            return route.fulfill(status=503, json={})
        self.signed_out = self.signed_out and f"{method} {path}" != "POST /session"
        if self.signed_out:
            return refuse(route, Refusal(401, "signed_out"))
        if refused := self.refusals.get(f"{method} {path}") or self.refusals.get(path):
            return refuse(route, refused)
        language = route.request.headers.get("accept-language", "en")
        asked = Asked(method, path, {k: v[0] for k, v in parse_qs(query).items()}, body, language)
        self.told.append(asked)
        told = self._answer(asked)
        if isinstance(told, Refusal):
            return refuse(route, told)
        return route.fulfill(body=encode(told), content_type="application/json")

    def _answer(self, asked: Asked) -> Any:
        if asked.path in self.answers:
            told: Any | Callable[[Asked], Any] = self.answers[asked.path]
            return told(asked) if callable(told) else told
        if asked.path in ("/session/refresh", "/session"):
            return {"id_token": "token", "expires_in": 3600, "agent": self.agent}
        if asked.path == "/socket-ticket":
            return {"ticket": "t", "url": "ws://localhost/socket"}
        return self.answer(asked)

    def _entries(self, customer: str, query: Mapping[str, str]) -> dict[str, Any]:
        after, limit = int(query["after"]), min(MOST, int(query["limit"]))
        lines = self.lines[customer]
        return {
            "items": lines[after : after + limit],
            "next": after + limit if after + limit < len(lines) else None,
        }
