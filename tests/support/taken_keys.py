"""Which keys a page takes from the browser: those whose default it prevents."""

from collections.abc import Iterable
from string import ascii_lowercase, digits

from playwright.sync_api import Page

LISTEN = """() => {
  window.takenKeys = [];
  const look = (event) => event.defaultPrevented && takenKeys.push(event);
  addEventListener("keydown", (event) => setTimeout(look, 0, event), true);
}"""
PRESSED = "window.pressedAt = performance.now()"
TAKEN = """() => new Promise((then) =>
  setTimeout(() => then(takenKeys.some(({ timeStamp }) => timeStamp >= pressedAt)), 20))"""

# Of Chrome, Edge, Firefox and Safari: what browses, searches, prints, zooms, scrolls or opens a menu.
WITH_CONTROL = (*ascii_lowercase, *digits, "Tab", "PageDown", "PageUp", "+", "-", "Home", "End")
WITH_ALT = ("d", "f", "e", "v", "s", "b", "t", "h", "Home", "ArrowLeft", "ArrowRight")
BROWSERS_OWN = (
    *(f"Control+{one}" for one in WITH_CONTROL),
    *(f"Control+Shift+{one}" for one in "bcijmnoprtw"),
    *(f"F{n}" for n in range(1, 13)),
    *(f"Alt+{one}" for one in WITH_ALT),
    *("Tab", "Shift+Tab", "PageDown", "PageUp", "Home", "End", "Backspace", "'"),
)


def listen(page: Page) -> None:
    page.evaluate(LISTEN)


def taken(page: Page, keys: Iterable[str]) -> set[str]:
    return {key for key in keys if _is_taken(page, key)}


def _is_taken(page: Page, key: str) -> bool:
    page.evaluate(PRESSED)
    page.keyboard.press(key)
    return bool(page.evaluate(TAKEN))
