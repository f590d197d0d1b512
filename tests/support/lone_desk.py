"""The desk without a centre: its page in a browser, answered with as many cases and lines as a test wants."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from functions import channels
from infra.web import web_files
from shared.domain.centre import Centre
from shared.domain.desk.agent_view import AgentView
from shared.domain.desk.card_view import Card, CaseView, WayView
from shared.domain.desk.channel_view import channel_view
from shared.domain.desk.kind_view import kind_views
from shared.domain.desk.views import EntryView
from shared.domain.desk.work_views import WorkItem
from shared.domain.times import iso
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


def work(customer: str, seq: int) -> WorkItem:
    told = (f"case-{customer}", customer, customer, f"Customer {customer}", "sms", "owned", moment(1))
    return WorkItem(*told, moment(seq), f"Line {seq}", "customer", 1, moment(seq))


def card(customer: str, version: int) -> Card:
    case = CaseView(
        f"case-{customer}",
        customer,
        "owned",
        "main",
        "A",
        "Agent One",
        moment(1),
        None,
        "",
        ("sms",),
        None,
        (),
    )
    way = WayView("sms", "+821055550001", "010-5555-0001", True, "", last=True)
    return Card(customer, version, f"Customer {customer}", "en", (), (case,), (way,))


@dataclass
class LoneDesk:
    """`lines` are a customer's, by their id. `asked` are the requests it made, `answers` more of them, by
    path. While it is `unreachable` every request is answered by 503.
    """

    browser: Browser
    lines: dict[str, list[EntryView]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    unreachable: bool = False
    socket: WebSocketRoute | None = None
    _contexts: list[BrowserContext] = field(default_factory=list)

    def has(self, customer: str, lines: int, **told: Any) -> None:
        """A customer of ours with a case and so many lines."""
        self.lines[customer] = [line(seq, customer, **told) for seq in range(1, lines + 1)]

    def open(self, at: str = "/desk", signed_in: bool = True, **options: Any) -> Page:
        """The desk of an agent who is signed in already, or the form by which one signs in."""
        told = {"locale": "en-GB", "reduced_motion": "reduce"} | options
        made = self.browser.new_context(base_url=ORIGIN, **told)
        made.on("weberror", lambda told: self.wrong.append(str(told.error)))
        made.route(f"{ORIGIN}/**", self._serve)
        made.route_web_socket("ws://localhost/socket**", self._connect)
        if signed_in:
            made.add_init_script(SIGNED_IN_BEFORE)
        self._contexts.append(made)
        page = made.new_page()
        page.goto(at)
        page.locator("pb-work" if signed_in else "pb-login").wait_for()
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

    def _connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.on_message(lambda _: None)

    def _serve(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path.startswith("/api/"):
            path = url.path.removeprefix("/api")
            self.asked.append(f"{route.request.method} {path}")
            if self.unreachable:
                return route.fulfill(status=503, json={})
            return route.fulfill(json=self._answer(path, parse_qs(url.query)))
        key = "desk.html" if url.path == "/desk" else url.path.removeprefix("/")
        if (file := FILES.get(key)) is None:
            return route.fulfill(status=404)
        return route.fulfill(body=file.body, content_type=file.content_type)

    def _answer(self, path: str, asked: dict[str, list[str]]) -> Any:
        if path == "/session/refresh":
            return {"id_token": "token", "expires_in": 3600, "agent": asdict(ME)}
        if path == "/socket-ticket":
            return {"ticket": "t", "url": "ws://localhost/socket"}
        if path == "/me":
            return self._me()
        if path in self.answers:
            return self.answers[path]
        _, head, customer, *rest = path.split("/")
        assert head == "customers", path
        if rest == ["entries"]:
            return self._entries(customer, int(asked["after"][0]), min(MOST, int(asked["limit"][0])))
        return asdict(self.cards.get(customer) or card(customer, len(self.lines[customer])))

    def _me(self) -> dict[str, Any]:
        cases = [asdict(work(customer, len(lines))) for customer, lines in self.lines.items()]
        centre, known = Centre(), [asdict(channel_view(one)) for one in channels.traits().all]
        kinds = {kind: asdict(view) for kind, view in kind_views().items()}
        told = {"agent": asdict(ME), "offers": [], "cases": cases, "waiting": {}, "channels": known}
        told |= {"dispositions": [asdict(one) for one in centre.dispositions], "kinds": kinds}
        return told | {"survey": {"scale": 5}, "templates": [], "note_limit": 4000} | self.me

    def _entries(self, customer: str, after: int, limit: int) -> dict[str, Any]:
        lines = self.lines[customer]
        shown = [asdict(one) for one in lines[after : after + limit]]
        return {"items": shown, "next": after + limit if after + limit < len(lines) else None}
