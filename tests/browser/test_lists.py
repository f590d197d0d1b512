"""Lists beside the agent's own cases: taken, snoozed, filtered, and acted on many at a time."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import violations
from tests.support.house import NARROW, House

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}


def waiting(house: House, most: int) -> list[str]:
    """So many customers wait; their numbers, of which the last four digits are in what they write."""
    numbers = [house.number() for _ in range(most)]
    for number in numbers:
        house.sms(number, f"I am {number[-4:]}")
    return numbers


def turns(desk: Page, name: str) -> None:
    door = desk.locator(f".list-switch [data-list='{name}']")
    door.click()
    expect(door).to_have_attribute("aria-current", "true")


def row(desk: Page, number: str) -> Locator:
    """A number is shown as it is dialled at home: it is found by its end."""
    return desk.locator(".list-row", has_text=number[-4:])


def test_a_customer_is_taken_from_the_queue_by_one_of_two_and_snoozed_and_comes_back(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, other = house.desk(one, "break"), house.desk(two, "break")
    (number,) = waiting(house, 1)
    for page in (desk, other):
        turns(page, "waiting")
        row(page, number).locator("button").click()
        expect(page.locator(".outcome-bar")).to_contain_text("waiting for an agent")

    desk.locator(".talk-head button", has_text="Take").click()
    expect(desk.locator("pb-composer textarea")).to_be_visible()
    expect(row(desk, number)).to_have_count(0)
    expect(desk.locator(".list-switch [data-list='']")).to_contain_text("1")
    expect(other.locator(".outcome-bar")).to_contain_text(one.name)
    expect(other.locator(".talk-head button", has_text="Take")).to_be_hidden()

    desk.locator(".talk-head button", has_text="More").click()
    expect(desk.get_by_role("menuitem", name=re.compile("Tomorrow"))).to_be_visible()
    desk.keyboard.press("End")
    desk.get_by_role("menuitem", name="Snooze until…").click()
    desk.keyboard.press("Enter")
    expect(desk.locator(".outcome-bar")).to_contain_text("You snoozed this case")
    turns(desk, "snoozed")
    expect(row(desk, number)).to_have_count(1)
    house.sms(number, "Here I am")

    expect(desk.locator(".list-row")).to_have_count(0)
    expect(desk.locator("pb-composer textarea")).to_be_visible()


def test_a_list_stands_in_the_address_and_is_saved_as_a_view(house: House) -> None:
    who = house.hire(**ENGLISH)
    desk = house.desk(who, "break")
    turns(desk, "open")
    desk.locator(".list-filters summary").click()
    desk.locator("[data-field=owner] select").select_option("nobody")
    desk.locator("[data-field=sort] select").select_option("newest")
    expect(desk).to_have_url(re.compile(r"\?list=open&owner=nobody&sort=newest"))

    desk.get_by_role("button", name="Views").click()
    desk.get_by_role("menuitem", name="Save this view…").click()
    desk.get_by_label("Name").fill("Nobody's, newest")
    desk.keyboard.press("Enter")
    expect(desk.locator(".toast")).to_contain_text("is saved")
    turns(desk, "waiting")
    desk.go_back()
    expect(desk.locator("[data-list=open]")).to_have_attribute("aria-current", "true")
    expect(desk.locator("[data-field=owner] select")).to_have_value("nobody")
    turns(desk, "waiting")
    desk.reload()
    expect(desk.locator("[data-list=waiting]")).to_have_attribute("aria-current", "true")
    desk.get_by_role("button", name="Views").click()
    desk.get_by_role("menuitem", name="Nobody's, newest", exact=True).click()

    expect(desk).to_have_url(re.compile(r"\?list=open&owner=nobody&sort=newest"))


def test_many_are_acted_on_and_each_that_was_not_done_says_why(house: House) -> None:
    desk = house.desk(house.hire(**ENGLISH), "break")
    waiting(house, 4)
    turns(desk, "waiting")
    expect(desk.locator(".list-row")).to_have_count(4)

    first = desk.locator(".list-row input").first
    first.focus()
    desk.keyboard.press("Space")
    desk.locator(".list-row input").nth(3).click(modifiers=["Shift"])
    expect(desk.locator(".bulk")).to_contain_text("4 selected")
    desk.locator(".bulk button", has_text="Take").click()

    expect(desk.locator(".bulk")).to_contain_text("3 of 4 done.")
    expect(desk.locator(".bulk-failed li")).to_contain_text("You are full: 3 of 3 are taken.")
    expect(desk.locator(".list-row")).to_have_count(1)
    assert violations(desk) == []
    turns(desk, "")
    expect(desk.locator(".work-item", has_text="I am")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_list_in_korean_has_nothing_to_mend(house: House, scheme: str) -> None:
    who = house.hire(locale="ko-KR", viewport=NARROW, color_scheme=scheme)
    desk = house.desk(who, "break")
    waiting(house, 1)
    turns(desk, "waiting")
    desk.locator(".list-row input").first.check()
    desk.locator(".list-filters summary").click()
    expect(desk.locator(".bulk")).to_contain_text("1건 선택")

    assert violations(desk) == []
    assert desk.evaluate("document.querySelector('.pane-list').scrollWidth <= innerWidth")
