"""A real browser: where it is, how it starts without a way out of this machine, what axe says of a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing but the loopback has an address, and nothing in the background asks for one.
FLAGS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
]
NONE_HERE = "needs a browser: apt install chromium, or say PATCHBAY_CHROMIUM=/path/to/chromium"


# Of dark the rules about colour: everything else is as it was in light.
# Whatever is right needs no names.
WRONG: dict[str, Any] = {"resultTypes": ["violations"]}
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", WRONG),
    ("dark", {**WRONG, "runOnly": ["color-contrast", "link-in-text-block"]}),
)


def path_of_chromium() -> str:
    """The browser of PATCHBAY_CHROMIUM, or the first that is on the PATH; "" when there is none."""
    named = os.environ.get("PATCHBAY_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, NAMES)), "")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Where there is none, what wants one is skipped and says so."""
    if not (path := path_of_chromium()):
        pytest.skip(NONE_HERE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds against accessibility, in light and in dark: a line per rule and element."""
    found: list[str] = []
    for scheme, options in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        told: dict[str, Any] = Axe().run(page, options=options).response
        found += [
            f"{scheme}: {rule['id']} at {node['target']}"
            for rule in told["violations"]
            for node in rule["nodes"]
        ]
    return found
