"""Somebody who works at a page: with the keyboard alone, or by the names that a screen reader says."""

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

Name = str | re.Pattern[str]
FAR = 150  # tabs; no page of ours has so many places
PATIENCE = 10  # seconds
ANEW = 3000  # milliseconds after which a search is typed again
WATCH = Path(__file__).with_suffix(".js").read_text()
# The page ends behind its last place: then Tab leaves it.
BEHIND = "one => !!(one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
AMONG = "all => all.some((one) => one.type === 'radio' && one.name === document.activeElement.name)"
# Of what opens and folds, the line that one presses has no role, but its words.
IS_AT = """all => [document.activeElement].some((now) =>
  all.some((one) => one === now || (now.matches("summary") && now.contains(one))))"""


class Named:
    """By role and name alone, as speech control and screen readers do: no place on the page is known."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, role: str, name: Name) -> Locator:
        """What is meant by a name is the whole name."""
        return self.found(role, name).first

    def found(self, role: str, name: Name) -> Locator:
        return self.page.get_by_role(role, name=name, exact=isinstance(name, str))  # type: ignore[arg-type]

    def presses(self, role: str, name: Name, key: str = "") -> None:
        """`key` does the same for who knows it."""
        self.at(role, name).click()

    def writes(self, name: Name, text: str, role: str = "textbox") -> None:
        self.at(role, name).fill(text)

    def ticks(self, name: Name, role: str = "checkbox") -> None:
        self.at(role, name).check()

    def chooses(self, name: Name, option: str) -> None:
        self.at("combobox", name).select_option(option)

    def sends(self) -> None:
        """By the Enter of the field that was just written in."""
        self.page.keyboard.press("Enter")

    def types(self, text: str) -> None:
        """Where one is."""
        self.page.keyboard.type(text)

    def back_to(self, name: Name) -> None:
        """To a field that was passed on the way here."""
        self.at("textbox", name).click()

    def opens_account(self) -> None:
        self.page.get_by_title("Account").click()

    def does(self, menu: Name, item: Name) -> None:
        self.presses("button", menu)
        self.at("menuitem", item).click()

    def lost(self) -> list[str]:
        """What had the focus each time that nothing had it for a while; who goes by names does not look."""
        return []

    def leaves_text(self) -> None:
        """Keys with Alt work beside a text field: names work everywhere."""

    def sees(self, text: Name, role: str = "log", name: Name | None = None) -> None:
        expect(self.page.get_by_role(role, name=name).filter(has_text=text).first).to_be_visible()  # type: ignore[arg-type]

    def finds(self, text: str, wanted: Name) -> None:
        """The finder behind the bus hears of a customer within seconds: it is typed until they are there."""
        option = self.page.get_by_role("option", name=wanted).first
        while True:
            self.types_anew(text)
            self.page.wait_for_timeout(ANEW)
            if option.is_visible():
                return

    def types_anew(self, text: str) -> None:
        self.page.get_by_role("dialog").get_by_role("combobox").fill("")
        self.page.get_by_role("dialog").get_by_role("combobox").fill(text)


class Hands(Named):
    """No mouse: after every key something has the focus, lies in sight and is marked."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.evaluate(WATCH)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.looks()

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.looks()

    def looks(self) -> None:
        """What is drawn anew or comes to the top takes a moment."""
        until = time.monotonic() + PATIENCE
        while problem := self.page.evaluate("document.hasFocus() && focusProblem()"):
            assert time.monotonic() < until, problem
            self.page.wait_for_timeout(50)

    def lost(self) -> list[str]:
        return list(self.page.evaluate("lostFocus"))

    def goes(self, role: str, name: Name, key: str = "", most: int = FAR, there: str = IS_AT) -> None:
        self.reaches(self.found(role, name), key, most, there)

    def reaches(self, place: Locator, key: str = "", most: int = FAR, there: str = IS_AT) -> None:
        expect(place.first).to_be_visible()
        key = key or ("Shift+Tab" if place.first.evaluate(BEHIND) else "Tab")
        for _ in range(most):
            if place.evaluate_all(there):
                return
            self.press(key)
        raise AssertionError(f"{key} never came to {place}: {self.page.evaluate('focusNow()')}")

    def presses(self, role: str, name: Name, key: str = "") -> None:
        if not key:
            self.goes(role, name)
        self.press(key or "Enter")

    def writes(self, name: Name, text: str, role: str = "textbox") -> None:
        self.goes(role, name)
        self.types(text)

    def ticks(self, name: Name, role: str = "checkbox") -> None:
        """Of choices that exclude each other Tab reaches one, and arrows the others."""
        if role == "radio":
            self.goes(role, name, there=AMONG)
        self.goes(role, name, "ArrowDown" if role == "radio" else "")
        if not self.page.evaluate("document.activeElement.checked"):
            self.press("Space")

    def chooses(self, name: Name, option: str) -> None:
        self.goes("combobox", name)
        self.types(option)

    def sends(self) -> None:
        self.press("Enter")

    def back_to(self, name: Name) -> None:
        self.goes("textbox", name)

    def opens_account(self) -> None:
        self.reaches(self.page.get_by_title("Account"))
        self.press("Enter")

    def does(self, menu: Name, item: Name) -> None:
        self.goes("button", menu)
        self.press("ArrowDown")
        self.goes("menuitem", item, "ArrowDown", 20)
        self.press("Enter")

    def leaves_text(self) -> None:
        self.press("Escape")

    def types_anew(self, text: str) -> None:
        self.press("Control+a")
        self.press("Delete")
        self.types(text)
