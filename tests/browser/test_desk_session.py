"""One browser is one session: what ends in one tab has ended in all of them."""

import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.demo.seed import PASSWORD
from tests.support.house import House, Staff

pytestmark = pytest.mark.embedded


def test_a_sign_out_ends_every_tab_at_once_and_the_next_person_begins_anew(house: House) -> None:
    agent, other = house.hire("agent", "supervisor", locale="en-GB"), house.hire(locale="en-GB")
    desk, second, board = house.desk(agent), house.desk(agent), agent.context.new_page()
    board.goto("/supervisor")
    board.locator("table").first.wait_for()
    house.sms(house.number(), "Ring, ring")
    for tab in (desk, second):
        expect(tab.locator("pb-offers .offer")).to_be_visible()

    held: list[Route] = []
    desk.route("**/api/session", lambda route: held.append(route))  # whatever the network does
    sign_out(desk)

    for tab in (desk, second, board):
        expect(tab.locator("[name=password]")).to_be_visible()
        expect(tab.locator(".offer, pb-top, table")).to_have_count(0)
    expect(second.locator(".problem")).to_contain_text("another tab")
    with desk.expect_response("**/api/session"):
        held[0].continue_()
    desk.unroute("**/api/session")
    second.reload()
    expect(second.locator("[name=password]")).to_be_visible()
    sign_in(desk, agent)
    sign_in(second, other)
    expect(desk.locator("[name=password]")).to_be_visible()
    expect(second.locator(".person")).to_have_text(other.name)


def sign_out(desk: Page) -> None:
    desk.locator(".person").click()
    desk.get_by_role("button", name="Sign out").click()


def sign_in(page: Page, who: Staff) -> None:
    page.locator("[name=email]").fill(who.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".person")).to_have_text(who.name)
