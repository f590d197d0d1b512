"""What was written is found by its words, with all customers and with one; the keyboard alone is enough."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import takes
from tests.support.house import NARROW, House

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}


def texts(desk: Page, word: str) -> Locator:
    desk.keyboard.press("Control+k")
    palette = desk.locator("dialog.palette")
    palette.get_by_role("combobox").fill(word)
    palette.get_by_role("option", name=f"Find “{word}” in texts").click()
    return desk.locator("dialog.texts")


def found_soon(dialog: Locator) -> Locator:
    """The index follows within seconds: it is asked until the line is there."""
    hit = dialog.locator(".texts-hits button")
    for _ in range(30):
        dialog.get_by_role("searchbox").press("Enter")
        dialog.page.wait_for_timeout(1500)
        if hit.count():
            break
    expect(hit).to_have_count(1)
    return hit


def test_a_colleagues_message_is_found_by_a_word_and_opened_at_its_line(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, number = house.desk(one), house.number()
    word = f"umbrella{number[-6:]}"
    house.sms(number, f"Where is my {word}?")
    takes(desk)
    other = house.desk(two, "break")

    dialog = texts(other, word[:8] + " " + number[-6:])
    expect(found_soon(dialog).locator("mark").first).to_be_visible()
    assert violations(other) == []
    other.keyboard.press("ArrowDown")
    other.keyboard.press("Enter")

    expect(dialog).to_have_count(0)
    expect(other.locator("pb-timeline .reached")).to_contain_text(word)
    expect(other.locator(".reached")).to_be_focused()
    assert house.wrong == []


def test_the_open_conversation_is_searched_and_a_short_word_gets_a_sentence(house: House) -> None:
    desk, number = house.desk(house.hire(**ENGLISH, viewport=NARROW)), house.number()
    house.sms(number, "배송이 언제 오나요?")
    takes(desk)

    desk.get_by_role("button", name="Search in this conversation").click()
    dialog = desk.locator("dialog.texts")
    dialog.get_by_role("searchbox").fill("배")
    dialog.get_by_role("searchbox").press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("at least two Hangul syllables")
    dialog.get_by_role("searchbox").fill("배송")
    dialog.get_by_role("searchbox").press("Enter")

    expect(dialog.get_by_role("status")).to_contain_text("1 found")
    assert violations(desk) == []
    dialog.locator(".texts-hits button").click()
    expect(desk.locator(".reached")).to_contain_text("배송이 언제 오나요?")
