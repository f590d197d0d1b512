"""A page with nothing on it but our modules and styles, under the policy of our pages, without a centre."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

from infra.web import web_files

ORIGIN = "http://localhost"  # what a browser takes for safe, as the modules need
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/kit/tokens.css"><link rel="stylesheet" href="/kit/base.css">
</head><body><main id="app"><h1>Bare</h1></main></body></html>"""
FILES = {key.split("/", 3)[3]: file for key, file in web_files().items() if "/desk/" in key}


@dataclass
class Bare:
    """`wrong` collects the errors of the pages' scripts and what the policy blocked."""

    browser: Browser
    wrong: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, *modules: str, **options: Any) -> Page:
        """A fresh page; `kit` holds what these modules of kit/ export, `learn` has the shared words."""
        context = self.browser.new_context(
            base_url=ORIGIN, reduced_motion="reduce", locale="en-GB", **options
        )
        context.on("weberror", lambda told: self.wrong.append(str(told.error)))
        context.on("console", self._hear)
        context.route(f"{ORIGIN}/**", _serve)
        self._contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.evaluate(LOAD, ["dom", "words", "shared-words", *modules])
        return page

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, told: ConsoleMessage) -> None:
        if told.type == "error":
            self.wrong.append(told.text)


LOAD = """async (names) => {
  const loaded = await Promise.all(names.map((name) => import(`/kit/${name}.js`)));
  window.kit = Object.assign({}, ...loaded);
  kit.learn(kit.sharedWords);
  window.app = document.querySelector("#app");
}"""


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(f"{ORIGIN}/").split("?")[0]
    headers = {"content-security-policy": POLICY}
    if not path:
        return route.fulfill(body=PAGE, content_type="text/html; charset=utf-8", headers=headers)
    if path == "favicon.ico":
        return route.fulfill(status=204)
    file = FILES[path]
    return route.fulfill(body=file.body, content_type=file.content_type, headers=headers)
