"""A day of the demo week on the supervisor's page: the ledger adds up to what the figures show, by name."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.demo.seed import GROUPS
from tests.support.browser import violations
from tests.support.house import NARROW, House

pytestmark = pytest.mark.embedded


def columns(table: Locator) -> dict[str, int]:
    """The sum of each column of numbers, by its title."""
    titles = table.locator("thead th").all_inner_texts()[1:]
    rows = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
    return {title: sum(int(row[at].replace(",", "")) for row in rows) for at, title in enumerate(titles)}


def busy_day(page: Page) -> None:
    """Show yesterday, or the day before it where that was a Sunday: nobody works then."""
    today = date.fromisoformat(page.locator("input[type=date]").input_value())
    day = next(d for d in (today - timedelta(days=back) for back in (1, 2)) if d.weekday() != 6)
    page.locator("input[type=date]").fill(str(day))
    for what in ("Figures", "Ledger"):
        expect(page.locator("h2", has_text=f"{what} of {day}")).to_be_visible()


def test_figures_ledger_and_agents_of_a_day_agree(house: House) -> None:
    page = house.hire("supervisor", locale="en-GB").context.new_page()
    page.goto("/supervisor")
    expect(page.locator("h2", has_text="Figures of")).to_be_visible()
    busy_day(page)
    by_agent = page.get_by_role("grid", name="By agent")
    ledger = page.locator("pb-ledger table").first

    expect(by_agent.locator("tbody tr").first).to_be_visible()
    expect(ledger).to_be_visible()
    expect(page.locator("pb-ledger .verdict")).to_contain_text("adds up")
    names = {name for name, groups in GROUPS.values() if "agent" in groups}
    assert set(by_agent.locator("tbody td:first-child").all_inner_texts()) <= names
    by_channel = page.locator("table", has=page.locator("caption", has_text="By channel"))
    received, handled = columns(by_channel)["Messages received"], columns(by_channel)["Contacts handled"]
    counted = columns(ledger)
    accepted = next(number for title, number in counted.items() if title.endswith("Accepted"))
    assert accepted == next(number for title, number in counted.items() if title.endswith("Handled"))
    assert accepted >= received > 0
    theirs = [int(one) for one in by_agent.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert sum(theirs) == handled > 0


def test_who_waits_is_listed_and_given_to_an_agent_and_agents_and_queues_are_drained(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent, "break")
    house.sms(house.number(), "Anybody there?")
    page = house.hire("supervisor", locale="en-GB").context.new_page()
    page.goto("/supervisor")
    row = page.locator("pb-live tr", has_text=agent.name)
    expect(row).to_contain_text("Break")

    row.get_by_role("button", name="Drain").click()
    expect(row).to_contain_text("Draining")
    row.get_by_role("button", name="Give work again").click()
    expect(row).not_to_contain_text("Draining")
    desk.locator("pb-top select").first.select_option("available")
    expect(desk.locator("pb-offers .offer")).to_be_visible()
    page.locator(".queue").first.get_by_role("button", name="Contacts").click()
    expect(page.locator("dialog")).to_contain_text("Nobody waits here")
    assert violations(page) == []
    page.locator("dialog").get_by_role("button", name="Close").click()

    page.locator(".queue").first.get_by_role("button", name="Close").click()
    page.locator("dialog input[name=why]").fill("Fire drill")
    page.locator("dialog button.primary").click()
    expect(page.locator(".queue[data-opening=closed]")).to_contain_text("Fire drill")
    page.locator(".queue").first.get_by_role("button", name="Open again").click()
    page.locator("dialog button.primary").click()
    expect(page.locator(".queue[data-opening=closed]")).to_have_count(0)


def test_who_works_is_shown_on_a_phone_without_scrolling_the_page_sideways(house: House) -> None:
    agent = house.hire(locale="en-GB")
    house.desk(agent, "break")
    page = house.hire("supervisor", locale="en-GB").context.new_page()
    page.set_viewport_size(NARROW)
    page.goto("/supervisor")

    expect(page.locator("pb-live tr", has_text=agent.name)).to_contain_text("Break")

    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
