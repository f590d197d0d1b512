"""The telephones in /phone: ring the centre, press a key, be put through, pick up, speak, hang up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import violations
from tests.support.telephone_page import TelephonePage, telephone_page

CALLER, AGENT = "+821055500101", "+821055500900"
SAYS = '<Say language="ko-KR">배송은 1번을 누르세요</Say>'
MENU = f'<Gather action="/picked" numDigits="1" timeout="120">{SAYS}</Gather>'
ROOM = '<Dial><Conference beep="false">I1</Conference></Dial>'


@pytest.fixture
def telephones() -> Iterator[TelephonePage]:
    with telephone_page() as made:
        made.pages = {"/webhooks/voice": MENU, "/picked": f"<Say>One moment</Say>{ROOM}"}
        yield made


def opened(browser: Browser, telephones: TelephonePage, language: str) -> Page:
    page = browser.new_context(
        base_url=telephones.address, locale=language, reduced_motion="reduce"
    ).new_page()
    page.goto("/phone")
    return page


def telephone(page: Page, number: str) -> Locator:
    return page.locator(f"local-phone:has(h2:text-is('{number}')) local-call")


@pytest.mark.parametrize(
    ("language", "call", "pick_up", "hang_up", "speak"),
    [
        ("ko-KR", "센터에 전화 걸기", "받기", "끊기", "말하기"),
        ("en-GB", "Call the centre", "Pick up", "Hang up", "Speak"),
    ],
)
def test_a_person_walks_a_call_with_two_telephones(
    chromium: Browser,
    telephones: TelephonePage,
    language: str,
    call: str,
    pick_up: str,
    hang_up: str,
    speak: str,
) -> None:
    page = opened(chromium, telephones, language)
    caller = telephone(page, CALLER)
    caller.get_by_role("button", name=call).click()
    expect(caller.locator(".heard")).to_contain_text("배송은 1번을 누르세요")
    assert violations(page) == []

    caller.locator(".pad button", has_text="1").click()
    expect(caller.locator(".heard")).to_contain_text("One moment")
    telephones.ring(AGENT, ROOM)
    agent = telephone(page, AGENT)
    agent.get_by_role("button", name=pick_up).click()
    agent.locator("form input").fill("안녕하세요")
    agent.get_by_role("button", name=speak).click()
    expect(caller.locator(".heard")).to_contain_text("안녕하세요")
    assert violations(page) == []

    for one in (agent, caller):
        one.get_by_role("button", name=hang_up).click()
        expect(one.get_by_role("button", name=call)).to_be_visible()
