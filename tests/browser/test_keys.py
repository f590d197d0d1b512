"""No key is taken from the browser but Ctrl+K, and "?" lists every key that does something."""

from collections.abc import Callable
from dataclasses import replace
from string import ascii_uppercase, digits

import pytest
from playwright.sync_api import Page, expect

from tests.support.house import House
from tests.support.lone_desk import LoneDesk
from tests.support.taken_keys import BROWSERS_OWN, listen, taken

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}
FIND = "Control+k"
# "Alt Y" as "?" lists it, and as it is pressed.
WITH_ALT = {f"Alt {one}": f"Alt+Key{one}" for one in ascii_uppercase} | {
    f"Alt {one}": f"Alt+Digit{one}" for one in digits
}
ARROWS = {"Alt+ArrowDown", "Alt+ArrowUp", "Alt+ArrowLeft", "Alt+ArrowRight"}
PLAIN = (*ascii_uppercase.lower(), *digits, *"!?#$%&*()[]{}<>|~-_=+;:,./@'\"")


def two_cases(desk: LoneDesk, locale: str = "en-GB") -> Page:
    desk.has("C0", 3)
    desk.has("C1", 3)
    desk.answers |= {"/saved-replies": {"own": [], "team": [], "centre": "Patchbay"}}
    desk.answers |= {"/colleagues": {"agents": [], "queues": []}, "/find": {"items": [], "next": None}}
    page = desk.open("/desk#case-C0.C0", locale=locale)
    expect(page.get_by_role("log")).to_contain_text("Line 3 of C0")
    listen(page)
    return page


def beside_the_text(page: Page) -> None:
    page.get_by_role("textbox").press("Escape")


def in_the_text(page: Page) -> None:
    page.get_by_role("textbox").focus()


def at_a_case(page: Page) -> None:
    page.get_by_role("button", name="Customer C1").focus()


def in_a_dialog(page: Page) -> None:
    page.get_by_role("button", name="Close case").press("Enter")
    page.get_by_role("dialog").get_by_role("radio").first.wait_for()


@pytest.mark.parametrize("place", [beside_the_text, in_the_text, at_a_case, in_a_dialog])
def test_the_desk_takes_no_key_of_the_browser_but_one(
    lone_desk: LoneDesk, place: Callable[[Page], None]
) -> None:
    page = two_cases(lone_desk)

    place(page)
    found = set()
    for key in BROWSERS_OWN:
        found |= taken(page, [key])
        if key in ("Tab", "Shift+Tab", FIND):
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")

    assert found == {FIND}


@pytest.mark.parametrize(
    ("path", "group", "own"),
    [("supervisor", "supervisor", {FIND}), ("wall", "supervisor", set()), ("admin", "admin", set())],
)
def test_the_other_pages_take_none_but_for_the_search(
    house: House, path: str, group: str, own: set[str]
) -> None:
    page = house.hire(group, **ENGLISH).context.new_page()
    page.goto(f"/{path}")
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_attached()
    listen(page)

    assert taken(page, BROWSERS_OWN) == own


@pytest.mark.parametrize("language", ["en-GB", "ko-KR"])
def test_every_key_that_works_is_listed(lone_desk: LoneDesk, language: str) -> None:
    """Each key is pressed: those that the page takes are the list, and no new one is forgotten."""
    lone_desk.agent = replace(lone_desk.agent, language=language[:2])
    page = two_cases(lone_desk, locale=language)
    beside_everything(page)
    loaded(page)

    works = set()
    for text, key in WITH_ALT.items():
        beside_everything(page)
        works |= {text} if taken(page, [key]) else set()
    beside_everything(page)
    works |= {"Alt ↓ Alt ↑"} if taken(page, ARROWS) == {"Alt+ArrowDown", "Alt+ArrowUp"} else set()
    for key in PLAIN:
        beside_everything(page)
        works |= taken(page, [key])
    works |= in_a_text(page)

    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("definition").last).to_be_visible()
    rows = dialog.get_by_role("definition").all_inner_texts()
    meanings = dialog.get_by_role("term").all_inner_texts()
    assert len(set(rows)) == len(rows) == len(set(meanings)) == len(meanings)
    assert set(rows) == works | {"Ctrl K", "Esc", "Shift Enter", "@", ":"}
    assert all(one.strip() and not one.startswith("keys.") for one in meanings)


def beside_everything(page: Page) -> None:
    """Whatever the key before this one opened is shut, also what came a moment later."""
    for _ in range(30):
        for _ in range(3):
            page.keyboard.press("Escape")
        page.wait_for_timeout(50)
        if not page.get_by_role("dialog").count():
            return
    raise AssertionError("a dialog stays open")


def loaded(page: Page) -> None:
    """What keys open is loaded with the first press: from then on it opens at once."""
    for key in ("?", FIND, "Alt+g"):
        page.keyboard.press(key)
        page.get_by_role("dialog").wait_for()
        beside_everything(page)


def in_a_text(page: Page) -> set[str]:
    beside_everything(page)
    page.keyboard.press("Alt+r")
    expect(page.get_by_role("textbox").first).to_be_focused()
    found = taken(page, ["/"])
    page.get_by_role("combobox", name="").last.wait_for()
    beside_everything(page)
    page.get_by_role("textbox").first.focus()
    page.keyboard.type("Hello")
    return found | taken(page, ["Enter"])
