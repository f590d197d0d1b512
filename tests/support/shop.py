"""Somebody's shop with the widget on it, at http:// and without a centre: the test says what is answered."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from infra.web import web_files

ORIGIN = "http://shop.test"
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Shop</title>{head}
<script src="/widget.js" defer{script}></script></head>
<body><main><h1>Tea</h1><input id="search"></main>{body}</body></html>"""
SAYS = {"message", "choose", "ask_code", "callback", "no_callback", "survey"}
NOBODY_WAITS = {"state": "none", "words": "", "offers": False, "every": 0}
WIDGET = web_files()["widget.js"].body


@dataclass
class Shop:
    """`heard` are the frames of all widgets in their order; what is in `silent` gets no answer (actions)."""

    browser: Browser
    lang: str = "en"
    head: str = ""
    body: str = ""
    script: str = ""
    tickets: list[dict[str, Any]] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    sockets: list[WebSocketRoute] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    unreachable: bool = False
    place: dict[str, Any] = field(default_factory=lambda: dict(NOBODY_WAITS))
    spans: list[list[str]] = field(default_factory=list)
    _visitors: "count[int]" = field(default_factory=lambda: count(1))
    _contexts: list[BrowserContext] = field(default_factory=list)

    def visitor(self, **options: Any) -> BrowserContext:
        """Somebody's browser, with a storage of its own."""
        made = self.browser.new_context(base_url=ORIGIN, reduced_motion="reduce", **options)
        made.on("weberror", lambda told: self.wrong.append(str(told.error)))
        made.route(f"{ORIGIN}/**", self._serve)
        made.route_web_socket(f"{ORIGIN.replace('http', 'ws')}/socket**", self._connect)
        self._contexts.append(made)
        return made

    def open(self, context: BrowserContext | None = None, **options: Any) -> Page:
        """The shop's page with the widget open."""
        page = (context or self.visitor(**options)).new_page()
        page.goto("/")
        page.locator("patchbay-chat button.launch").click(timeout=5000)
        return page

    def say(self, seq: int, text: str, at: str = "2026-03-02T05:00:00.000Z", **more: Any) -> None:
        """A message of ours to every open widget."""
        frame = {
            "type": "message",
            "seq": seq,
            "at": at,
            "text": text,
            "from": "agent",
            "kind": "message_sent",
        }
        for socket in self.sockets:
            socket.send(json.dumps(frame | more))

    def refuse(self, id: str, message: str) -> None:
        for socket in self.sockets:
            socket.send(json.dumps({"type": "error", "id": id, "code": "junk", "message": message}))

    def tell_place(self, **place: Any) -> None:
        """What every open widget is told now, and whenever it asks."""
        self.place |= place
        for socket in self.sockets:
            socket.send(json.dumps({"type": "place", **self.place}))

    def hang_up(self) -> None:
        for socket in list(self.sockets):
            socket.close()
        self.sockets.clear()

    def said(self) -> list[str]:
        """The texts of all message frames, repeats as well."""
        return [frame["text"] for frame in self.heard if frame["action"] == "message"]

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/widget.js":
            route.fulfill(body=WIDGET, content_type="text/javascript; charset=utf-8")
        elif path != "/public/chat/ticket":
            page = PAGE.format(lang=self.lang, head=self.head, body=self.body, script=self.script)
            route.fulfill(body=page, content_type="text/html; charset=utf-8")
        elif self.unreachable:
            route.abort()
        else:
            asked = json.loads(route.request.post_data or "{}")
            self.tickets.append(asked)
            token = asked.get("visitor") or f"v1.VISITOR{next(self._visitors)}.proof"
            url = f"{ORIGIN.replace('http', 'ws')}/socket"
            route.fulfill(json={"ticket": "t", "visitor": token, "url": url, "expires_in": 30})

    def _connect(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        socket.on_close(lambda *_: self.sockets.remove(socket) if socket in self.sockets else None)
        socket.on_message(lambda text: self._hear(socket, json.loads(text)))

    def _hear(self, socket: WebSocketRoute, frame: dict[str, Any]) -> None:
        self.heard.append(frame)
        if frame["action"] in self.silent:
            return
        if frame["action"] == "hello":
            socket.send(json.dumps({"type": "welcome", "after": frame["after"], "next": None}))
        if frame["action"] == "place":
            socket.send(json.dumps({"type": "place", **self.place}))
        if frame["action"] == "times":
            socket.send(json.dumps({"type": "times", "zone": "Asia/Seoul", "spans": self.spans}))
        if frame["action"] in SAYS:
            socket.send(json.dumps({"type": "accepted", "id": frame["id"]}))
