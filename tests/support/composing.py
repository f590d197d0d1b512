"""Enter and Escape as browsers tell them while an input method composes a syllable."""

from typing import Any

from playwright.sync_api import Locator

Told = list[tuple[str, dict[str, Any]]]
LETTER = ("keydown", {"key": "ㅇ", "code": "KeyD", "keyCode": 229})
END: tuple[str, dict[str, Any]] = ("compositionend", {})
COMPOSING = ("keydown", {"key": "?", "code": "?", "isComposing": True})
PLAIN = ("keydown", {"key": "?", "code": "?", "keyCode": 13})

# Each ends or drops a composition and does nothing else. Safari tells the key last, all others tell it first.
ORDERS: dict[str, Told] = {
    "while composing": [COMPOSING],
    "as 229": [("keydown", {"key": "Process", "code": "?", "keyCode": 229})],
    "Safari": [LETTER, END, ("keydown", {"key": "?", "code": "?", "keyCode": 229})],
    "Safari without 229": [LETTER, END, PLAIN],
}
# Chromium on a Mac tells Enter twice: the first is the input method's, the second is for the page.
TWICE_ON_A_MAC: Told = [LETTER, COMPOSING, END, PLAIN]
ANOTHER_PRESS = 40  # milliseconds; nearer together two keys are one press

TELL = """(target, events) => events.forEach(([type, told]) => {
  const Made = type === "keydown" ? KeyboardEvent : CompositionEvent;
  target.dispatchEvent(new Made(type, { bubbles: true, composed: true, cancelable: true, ...told }));
})"""


def press(place: Locator, order: Told, key: str) -> None:
    place.evaluate(TELL, [(type, _of(told, key)) for type, told in order])
    place.page.wait_for_timeout(ANOTHER_PRESS)


def press_all(place: Locator) -> None:
    """Enter and Escape in every order: none of them is for the page."""
    for order in ORDERS.values():
        for key in ("Enter", "Escape"):
            press(place, order, key)


def _of(told: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: key if value == "?" else value for name, value in told.items()}
