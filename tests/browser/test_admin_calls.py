"""Settings of calls, and where agents are rung, on the admin page: changed, refused, saved, undone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.hands import Hands
from tests.support.house import NARROW
from tests.support.lone_admin import LoneAdmin


@pytest.fixture
def page(lone_admin: LoneAdmin) -> Page:
    lone_admin.full()
    return lone_admin.open()


def review(page: Page) -> None:
    page.get_by_role("button", name="Check and save…").click()


def saves(page: Page) -> None:
    page.locator("dialog .primary").click()
    expect(page.locator(".notice.well")).to_contain_text("holds within 10 seconds")


def phone_of(page: Page, place: int) -> None:
    page.locator(f"#agents .items > li:nth-child({place}) summary").click()


def test_calls_are_set_compared_and_saved_as_a_version(page: Page) -> None:
    calls = page.get_by_role("region", name="Calls", exact=True)
    expect(calls.get_by_label("Record calls with agents")).to_be_checked()
    calls.get_by_label("Tell agent and customer when a supervisor listens").check()
    calls.get_by_label("Agents may set where their calls ring").uncheck()

    review(page)

    told = "centre: calls record, transcribe, own_phones → record, transcribe, announce_listening"
    expect(page.locator("dialog .changes li")).to_have_text(told)
    saves(page)
    page.reload()
    expect(page.get_by_label("Tell agent and customer when a supervisor listens")).to_be_checked()
    expect(page.get_by_label("Agents may set where their calls ring")).not_to_be_checked()


def test_a_phone_of_an_agent_stands_in_their_line_and_is_changed(page: Page) -> None:
    expect(page.locator("#agents summary").first).to_contain_text("+821055500001")
    phone_of(page, 2)
    page.locator("#agents .items > li:nth-child(2)").get_by_label("Where calls ring them").fill(
        "sip:two@pbx.example"
    )

    review(page)

    line = page.locator("dialog .changes li")
    expect(line).to_have_text("agent agent2@example.test: phone – → sip:two@pbx.example")
    saves(page)


def test_what_cannot_be_rung_is_shown_at_its_field_and_nothing_is_saved(page: Page) -> None:
    phone_of(page, 2)
    field = page.locator("#agents .items > li:nth-child(2)").get_by_label("Where calls ring them")
    field.fill("desk 4")

    review(page)

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#agents .problem .mistake")).to_contain_text("`desk 4` cannot be rung.")
    assert violations(page) == []


def test_it_is_done_by_keyboard_alone(page: Page) -> None:
    hands = Hands(page)

    hands.ticks(re.compile("Agents may talk in the browser"))
    hands.presses("button", "Check and save…")
    page.get_by_role("dialog").wait_for()
    hands.presses("button", "Save")

    expect(page.locator(".notice.well")).to_contain_text("holds within 10 seconds")


def test_the_part_fits_a_phone_in_korean(lone_admin: LoneAdmin) -> None:
    lone_admin.full()
    page = lone_admin.open(viewport=NARROW, locale="ko-KR")

    expect(page.get_by_role("region", name="전화", exact=True)).to_contain_text("상담원과의 통화 녹음")
    assert violations(page) == []
