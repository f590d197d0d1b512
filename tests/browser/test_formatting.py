"""Bold words and the like in a mail, without a centre."""

from dataclasses import replace

from playwright.sync_api import expect

from shared.domain.desk.card_view import WayView
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card


def test_whoever_asks_for_bold_words_writes_on_at_once(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    way = WayView("email", "ann@example.test", "ann@example.test", True, "", last=True)
    lone_desk.cards["C0"] = replace(card("C0", 3), reply_channels=(way,))
    page = lone_desk.open()
    page.get_by_role("button", name="Customer C0").click()

    page.get_by_role("button", name="Formatting").click()
    area = page.locator("pb-composer .rich-area")
    expect(area).to_be_focused()
    page.keyboard.type("Good news")

    expect(area).to_have_text("Good news")


def test_the_bar_of_a_narrow_desk_ends_where_the_page_does(lone_desk: LoneDesk) -> None:
    lone_desk.me = {"waiting": {"main": 12}}
    for locale in ("ko-KR", "en-GB"):
        page = lone_desk.open(viewport={"width": 390, "height": 844}, locale=locale)

        expect(page.locator(".top .waiting")).to_contain_text("12")
        box = page.locator(".top .person").bounding_box()

        assert box and box["x"] + box["width"] <= 390 - 8, locale
