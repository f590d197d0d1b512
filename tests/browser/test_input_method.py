"""The desk leaves Enter and Escape to the input method, where messages are written and in its questions."""

import pytest
from playwright.sync_api import expect

from tests.support.composing import TWICE_ON_A_MAC, press, press_all
from tests.support.house import House

pytestmark = pytest.mark.embedded


def test_on_the_desk_an_input_method_neither_sends_nor_closes_anything(house: House) -> None:
    desk = house.desk(house.hire(locale="ko-KR"))
    house.sms(house.number(), "안녕하세요")
    desk.locator("pb-offers button.primary").click()
    box = desk.locator("pb-composer textarea")

    box.fill("네, 안녕하세")
    press_all(box)
    expect(box).to_have_value("네, 안녕하세")
    expect(desk.locator(".line.from-us")).to_have_count(0)

    desk.get_by_role("button", name="종료").first.click()
    note = desk.locator("dialog textarea")
    note.fill("배송 지")
    press_all(note)
    expect(desk.locator("dialog[open]")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("dialog[open]")).to_have_count(0)

    press(box, TWICE_ON_A_MAC, "Enter")
    expect(desk.locator(".line.from-us")).to_have_count(1)
