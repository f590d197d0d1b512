"""A supervisor reads a conversation along, leaves notes, steps in, assigns; and a wall shows the day."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import replies, takes
from tests.support.house import NARROW, House, Staff

pytestmark = pytest.mark.embedded
SECOND = 1000  # milliseconds


def supervisor_page(house: House, **options: str) -> tuple[Staff, Page]:
    boss = house.hire("supervisor", **{"locale": "en-GB", **options})
    page = boss.context.new_page()
    page.goto("/supervisor")
    expect(page.locator("pb-live .queue").first).to_be_visible()
    return boss, page


def taken(house: House, text: str = "My tea has not come") -> tuple[Staff, Page, str]:
    """An agent with a desk, and the id of the case they took."""
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    house.sms(house.number(), text)
    return agent, desk, takes(desk)


def reads_along(page: Page, case_id: str) -> None:
    page.locator(f"pb-open [data-look='{case_id}']").click()
    expect(page.locator("pb-look [data-open=true]")).to_be_visible()


def test_what_is_said_comes_by_the_live_line_to_who_reads_along(house: House) -> None:
    _, desk, case_id = taken(house)
    _, page = supervisor_page(house)
    reads_along(page, case_id)
    look = page.locator("pb-look")
    expect(look.locator(".line", has_text="My tea has not come")).to_be_visible()

    replies(desk, "It is on its way")

    expect(look.locator(".line", has_text="It is on its way")).to_be_visible()
    assert violations(page) == []


def test_a_note_reaches_the_agent_and_stepping_in_lets_the_supervisor_answer(house: House) -> None:
    agent, desk, case_id = taken(house)
    boss, page = supervisor_page(house)
    reads_along(page, case_id)
    look = page.locator("pb-look")

    look.locator("textarea").fill("Offer them a refund")
    look.get_by_role("button", name="Save note").click()
    expect(desk.locator(".line.note", has_text="Offer them a refund")).to_be_visible()

    look.get_by_role("button", name="Step in").click()
    page.locator("dialog input[name=reason]").fill("The customer asked for me")
    page.locator("dialog button.primary").click()
    expect(look.get_by_text("You have stepped in")).to_be_visible()
    expect(desk.locator(".event.stepped_in")).to_contain_text(f"{boss.name} stepped in")
    expect(desk.locator(".talk-who")).to_contain_text(f"{boss.name} has stepped in")
    expect(page.locator("dialog")).to_have_count(0)  # while it is open, nothing behind it takes a word
    look.locator("input[value=reply]").check()
    look.locator("textarea").fill("I am the manager")
    look.get_by_role("button", name="Send").click()
    expect(desk.locator(".line.from-us", has_text="I am the manager")).to_contain_text(boss.name)

    look.get_by_role("button", name="Leave", exact=True).click()
    expect(look.get_by_text("You have stepped in")).to_have_count(0)
    expect(look.locator("input[value=reply]")).to_be_disabled()
    assert any(case["case_id"] == case_id for case in agent.get("/me")["cases"])


def test_a_case_is_assigned_to_another_agent_whom_it_rings(house: House) -> None:
    _, desk, case_id = taken(house)
    other = house.hire(locale="en-GB")
    their_desk = house.desk(other)
    _, page = supervisor_page(house)
    reads_along(page, case_id)

    page.locator("pb-look").get_by_role("button", name="Assign").click()
    page.locator("dialog select[name=target]").select_option(label=other.name)
    page.locator("dialog input[name=reason]").fill("They know this customer")
    page.locator("dialog button.primary").click()

    expect(their_desk.locator("pb-offers .offer")).to_be_visible()
    expect(desk.locator("pb-composer input[value=reply]")).to_be_disabled()


def test_day_filters_and_the_open_conversation_stand_in_the_address(house: House) -> None:
    _, _, case_id = taken(house)
    _, page = supervisor_page(house)
    row = page.locator(f"pb-open [data-look='{case_id}']")
    expect(row).to_be_visible()

    page.locator("pb-open select[name=owner]").select_option("nobody")
    expect(row).to_have_count(0)
    page.go_back()
    expect(row).to_be_visible()
    reads_along(page, case_id)
    page.reload()
    expect(page.locator("pb-look .line", has_text="My tea has not come")).to_be_visible()
    page.locator("pb-look").get_by_role("button", name="Close").click()
    expect(row).to_be_focused()

    page.locator("input[type=date]").fill("2026-01-05")
    expect(page.locator("h2", has_text="Figures of 2026-01-05")).to_be_visible()
    page.reload()
    expect(page.locator("h2", has_text="Figures of 2026-01-05")).to_be_visible()
    page.go_back()
    expect(page.locator("h2", has_text="Figures of 2026-01-05")).to_have_count(0)


def test_a_figure_explains_its_formula_to_the_pointer_and_to_the_keyboard(house: House) -> None:
    _, page = supervisor_page(house, locale="ko-KR")
    name = page.locator(".headline .term", has_text="서비스 레벨")
    expect(name).to_be_visible()

    name.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("100 × 시간 내 응대 ÷ (응대 + 포기)")
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_be_hidden()

    page.locator(".headline .term").first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("ASA")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_the_panel_is_closed_by_escape_and_fits_a_phone(house: House) -> None:
    _, _, case_id = taken(house)
    _, page = supervisor_page(house)
    page.set_viewport_size(NARROW)
    page.locator(f"pb-open [data-look='{case_id}']").focus()

    page.keyboard.press("Enter")
    expect(page.locator("pb-look [data-open=true]")).to_be_visible()
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.keyboard.press("Escape")

    expect(page.locator("pb-look")).to_have_count(0)
    expect(page.locator(f"pb-open [data-look='{case_id}']")).to_be_focused()


@pytest.mark.parametrize(
    "options", [{"locale": "ko-KR"}, {"locale": "en-GB", "viewport": NARROW}], ids=["ko", "en"]
)
def test_the_wall_shows_who_waits_and_no_name_of_anybody(house: House, options: dict[str, object]) -> None:
    agent = house.hire(locale="en-GB")
    house.desk(agent, "break")
    house.sms(house.number(), "My tea has not come")
    page = house.hire("supervisor", **options).context.new_page()
    page.goto("/wall")

    expect(page.locator(".wall-now dd").first).to_have_text(re.compile("[1-9]"), timeout=20 * SECOND)
    expect(page.locator(".wall-agents [data-state=break]")).to_be_visible()
    text = page.locator("main").inner_text()
    assert agent.name not in text and "My tea" not in text
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_the_wall_is_dark_says_since_when_the_line_is_down_and_scrolls_nowhere(house: House) -> None:
    page = house.hire(
        "supervisor", locale="en-GB", viewport={"width": 1600, "height": 900}
    ).context.new_page()
    page.goto("/wall")
    expect(page.locator(".wall-status")).to_contain_text("Asia/Seoul")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    page.context.set_offline(True)
    expect(page.locator(".wall-status")).to_contain_text("No connection since", timeout=20 * SECOND)
    page.context.set_offline(False)
    expect(page.locator(".wall-status")).to_have_attribute("data-lost", "false", timeout=20 * SECOND)

    assert not page.evaluate("document.documentElement.scrollHeight > document.documentElement.clientHeight")
    page.get_by_role("button", name="Light").click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != dark
    assert violations(page) == []


def test_an_agent_gets_no_wall(house: House) -> None:
    page = house.hire(locale="en-GB").context.new_page()
    page.goto("/wall")

    expect(page.locator("main")).to_contain_text("for supervisors and admins")
