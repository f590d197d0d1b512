"""Ctrl+K in a whole centre: who has just written is found, once the finder behind the bus heard of them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import takes
from tests.support.house import House

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}


def search(desk: Page, text: str) -> Locator:
    desk.keyboard.press("Control+k")
    dialog = desk.locator("dialog.palette")
    dialog.get_by_role("combobox").fill(text)
    return dialog


def options(dialog: Locator, text: str | re.Pattern[str]) -> Locator:
    return dialog.get_by_role("option").filter(has_text=text)


def found_soon(desk: Page, text: str, wanted: str) -> Locator:
    """Rows follow a customer within seconds: it is asked until they are there."""
    dialog = search(desk, text)
    for _ in range(60):
        if options(dialog, wanted).count():
            break
        desk.wait_for_timeout(500)
        dialog.get_by_role("combobox").fill(text + " ")
        dialog.get_by_role("combobox").fill(text)
        desk.wait_for_timeout(500)
    expect(options(dialog, wanted).first).to_be_visible()
    return dialog


def test_a_colleagues_customer_is_found_by_the_last_digits_and_opened_by_keyboard(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, number = house.desk(one), house.number()
    house.sms(number, "Where is my parcel?")
    case_id = takes(desk)
    other = house.desk(two, "break")

    dialog = found_soon(other, number[-6:], f"010-{number[5:9]}-{number[9:]}")
    assert violations(other) == []
    dialog.get_by_role("combobox").press("Enter")

    expect(dialog).to_have_count(0)
    expect(other.locator("pb-timeline")).to_contain_text("Where is my parcel?")
    expect(other.locator("[name=mode][value=reply]")).to_be_disabled()
    assert case_id in other.url and "find=" not in other.url


def test_a_supervisor_finds_a_customer_and_reads_their_conversation_along(house: House) -> None:
    desk, number = house.desk(house.hire(**ENGLISH)), house.number()
    house.sms(number, "Where is my kettle?")
    case_id = takes(desk)
    page = house.hire("supervisor", **ENGLISH).context.new_page()
    page.goto("/supervisor")
    expect(page.locator("button.find-open")).to_be_visible()

    shown = f"010-{number[5:9]}-{number[9:]}"
    dialog = found_soon(page, number[-4:], shown)
    assert violations(page) == []
    options(dialog, shown).first.click()

    expect(page.locator("pb-look .line", has_text="Where is my kettle?")).to_be_visible()
    assert f"talk={case_id}" in page.url and "find=" not in page.url
