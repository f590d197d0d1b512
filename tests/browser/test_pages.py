"""Every page, as a person finds it: nothing axe objects to, in light and in dark, wide and narrow."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.house import NARROW, House

KOREAN: dict[str, Any] = {"locale": "ko-KR"}
ENGLISH_PHONE: dict[str, Any] = {"locale": "en-GB", "viewport": NARROW}
pytestmark = [
    pytest.mark.embedded,
    pytest.mark.parametrize("options", [KOREAN, ENGLISH_PHONE], ids=["ko", "en narrow"]),
]


@pytest.mark.parametrize("path", ["/", "/phone", "/desk", "/supervisor", "/wall", "/admin"])
def test_a_page_before_anybody_signed_in_is_open_to_everybody(
    house: House, options: dict[str, Any], path: str
) -> None:
    page = house.visit(path, **options)
    page.locator("main").wait_for()

    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_the_widget_is_open_to_everybody(house: House, options: dict[str, Any]) -> None:
    page = house.visit("/chat", **options)
    page.locator("patchbay-chat button.launch").click()
    page.locator("patchbay-chat textarea").fill("https://example.test/검색?q=차 안녕하세요")
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_be_visible()

    assert violations(page) == []


def test_the_desk_with_a_conversation_is_open_to_everybody(house: House, options: dict[str, Any]) -> None:
    desk = house.desk(house.hire(**options))
    house.sms(house.number(), "안녕하세요, 주문한 차가 아직 안 왔어요")
    desk.locator("pb-offers button.primary").click()
    expect(desk.locator("pb-talk textarea")).to_be_visible()

    assert violations(desk) == []
    assert not scrolls_sideways(desk)


def test_the_supervisors_page_is_open_to_everybody(house: House, options: dict[str, Any]) -> None:
    page = house.hire("supervisor", **options).context.new_page()
    page.goto("/supervisor")
    expect(page.locator("table").first).to_be_visible()

    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_the_admins_page_with_an_open_form_is_open_to_everybody(
    house: House, options: dict[str, Any]
) -> None:
    page = house.hire("admin", **options).context.new_page()
    page.goto("/admin")
    page.locator("#queues summary").first.click()
    expect(page.locator("#queues .form")).to_be_visible()

    assert violations(page) == []
    assert not scrolls_sideways(page)


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
