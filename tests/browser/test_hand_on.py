"""A case goes on to a colleague, who may be asked first; and the work after it is ended by a press."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import replies, takes
from tests.support.house import NARROW, House

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}


def hand_on(desk: Page, how: str, name: str, note: str = "") -> None:
    desk.locator("pb-talk").get_by_role("button", name="Hand on").click()
    dialog = desk.locator("dialog")
    dialog.locator(f"[name=how][value={how}]").check()
    dialog.get_by_role("searchbox").fill(name)
    dialog.locator(".hand-places").get_by_role("radio").first.check()
    dialog.locator("textarea").fill(note)
    assert violations(desk) == []
    dialog.locator("button.primary").click()
    expect(dialog).to_have_count(0)


def test_a_colleague_is_asked_reads_along_and_gets_the_case(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, number = house.desk(one), house.number()
    house.sms(number, "Where is my parcel?")
    takes(desk)
    other = house.desk(two)

    hand_on(desk, "consult", two.name, "What is our policy?")
    expect(other.locator("pb-offers .offer-by")).to_have_text(f"{one.name} asks for your advice")
    other.locator("pb-offers .offer button.primary").click()
    expect(other.locator(".consult-bar")).to_contain_text("asks for your advice")
    expect(other.locator("[name=mode][value=reply]")).to_be_disabled()
    expect(desk.locator(".consult-bar")).to_contain_text(f"{two.name} reads along")
    assert violations(other) == []
    desk.get_by_role("button", name="Hand over").click()
    desk.locator("dialog button.primary").click()

    expect(desk.locator("pb-work")).to_contain_text("No case is yours right now.")
    expect(other.locator("[name=mode][value=reply]")).to_be_checked()
    replies(other, "I have it now.")


def test_a_case_goes_to_a_colleague_by_keyboard_and_its_note_goes_along(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, number = house.desk(one), house.number()
    house.sms(number, "Please help")
    takes(desk)
    other = house.desk(two)
    desk.locator("pb-composer textarea").press("Escape")

    desk.keyboard.press("Alt+g")
    dialog = desk.locator("dialog")
    expect(dialog.locator(".hand-places")).to_contain_text(two.name)
    dialog.get_by_role("searchbox").fill(two.name)
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Space")
    dialog.locator("textarea").fill("Speaks of two parcels")
    dialog.locator("button.primary").click()

    expect(dialog).to_have_count(0)
    takes(other)
    expect(other.locator(".line.note")).to_contain_text("Speaks of two parcels")


def test_the_work_after_a_case_counts_down_and_a_press_ends_it(house: House) -> None:
    agent = house.hire(**ENGLISH)
    desk = house.desk(agent)
    house.sms(house.number(), "Please help")
    takes(desk)
    replies(desk, "Done.")
    desk.get_by_role("button", name="Close case").click()
    desk.locator("dialog [value=solved]").check()
    desk.locator("dialog button.primary").click()

    expect(desk.locator(".wrap-left")).to_have_text(re.compile(r"\d+ s left"))
    desk.set_viewport_size(NARROW)
    assert violations(desk) == []
    desk.keyboard.press("Alt+w")
    expect(desk.locator(".wrap")).to_have_count(0)
    assert agent.get("/me")["wrapping"] == []
