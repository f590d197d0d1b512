"""Ctrl+K: what is typed finds customers, cases and commands; the keyboard alone is enough."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import takes
from tests.support.house import NARROW, House

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

    dialog = found_soon(other, number[-4:], f"010-{number[5:9]}-{number[9:]}")
    assert violations(other) == []
    dialog.get_by_role("combobox").press("Enter")

    expect(dialog).to_have_count(0)
    expect(other.locator("pb-timeline")).to_contain_text("Where is my parcel?")
    expect(other.locator("[name=mode][value=reply]")).to_be_disabled()
    assert case_id in other.url and "find=" not in other.url


def test_back_leads_from_what_was_looked_at_to_the_results(house: House) -> None:
    desk, number = house.desk(house.hire(**ENGLISH)), house.number()
    house.sms(number, "Please help")
    case_id = takes(desk)
    desk.evaluate("history.pushState(null, '', location.pathname)")
    desk.reload()

    found_soon(desk, number[-8:], number[-4:])
    assert f"find={number[-8:]}" in desk.url
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile(case_id))
    desk.go_back()

    dialog = desk.locator("dialog.palette")
    expect(dialog.get_by_role("combobox")).to_have_value(number[-8:])
    expect(options(dialog, number[-4:]).first).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert "find=" not in desk.url


def test_a_reload_opens_the_search_again(house: House) -> None:
    agent = house.hire(**ENGLISH)
    desk = house.desk(agent, "break")

    search(desk, "010-5560")
    desk.wait_for_url(re.compile("find=010-5560"))
    desk.reload()

    expect(desk.locator("dialog.palette").get_by_role("combobox")).to_have_value("010-5560")


def test_a_case_is_found_by_its_number_and_a_command_by_its_word(house: House) -> None:
    desk, number = house.desk(house.hire(**ENGLISH)), house.number()
    house.sms(number, "Please help")
    takes(desk)
    told = desk.locator("pb-work .code").first.inner_text()

    dialog = found_soon(desk, told.lower(), f"Case {told}")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")
    dialog = search(desk, "note")
    expect(options(dialog, "Write a note")).to_be_visible()
    desk.keyboard.press("Enter")

    expect(desk.locator("[name=mode][value=note]")).to_be_checked()
    expect(desk.locator("pb-composer textarea")).to_be_focused()


def test_too_little_is_not_asked_and_said(house: House) -> None:
    desk = house.desk(house.hire(**ENGLISH), "break")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url) if "/api/find" in request.url else None)

    dialog = search(desk, "7")
    expect(dialog.get_by_role("status")).to_contain_text("Type 2 characters or more")
    assert asked == []
    dialog.get_by_role("combobox").fill("77")

    expect(dialog.get_by_role("status")).to_contain_text("Type a little more")


def test_a_half_typed_syllable_searches_as_it_stands(house: House) -> None:
    """The Korean input method is still at work on it, and no Enter of its own chooses anything."""
    desk = house.desk(house.hire(locale="ko-KR"), "break")
    dialog = search(desk, "")
    client = desk.context.new_cdp_session(desk)

    with desk.expect_request(lambda request: "%EA%B9%80%E3%85%81" in request.url):
        for text in ("기", "김", "김ㅁ"):
            end = len(text)
            client.send("Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end})

    expect(dialog.get_by_role("combobox")).to_have_value("김ㅁ")


@pytest.mark.parametrize("options_of", [{"locale": "ko-KR"}, {"locale": "en-GB", "color_scheme": "dark"}])
def test_the_search_reads_well_narrow_and_has_no_findings(house: House, options_of: dict[str, str]) -> None:
    desk = house.desk(house.hire(**options_of), "break")
    desk.set_viewport_size(NARROW)

    desk.get_by_role("button", name=re.compile("^(Find|찾기)")).click()
    dialog = desk.locator("dialog.palette")
    expect(dialog.get_by_role("option").first).to_be_visible()

    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
