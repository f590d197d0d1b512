"""A customer asks in the widget to be called, and an agent calls them from the desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import takes
from tests.support.house import House

pytestmark = pytest.mark.embedded
BAR, NUMBER = ".call-bar", ".call-number"


def waits(house: House, text: str) -> Page:
    """A visitor who has written, and sees their place."""
    page = house.visit("/chat", locale="en-GB")
    page.locator("patchbay-chat button.launch").click()
    page.locator("patchbay-chat textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .place")).to_contain_text("You are first")
    return page


def asks(page: Page) -> None:
    page.get_by_role("button", name="Call me instead").click()
    page.get_by_label("Your phone number").fill("010-1234-5678")
    page.get_by_role("button", name="Call me", exact=True).click()
    expect(page.locator("patchbay-chat .theirs").last).to_contain_text("the number ending in 5678")


def takes_back(page: Page) -> None:
    """So that nobody is called in the next test."""
    page.get_by_role("button", name="Cancel the call").click()
    expect(page.locator("patchbay-chat .theirs").last).to_contain_text("We will not call you")


def test_a_customer_is_called_from_the_desk(house: House) -> None:
    visitor = waits(house, "Please call")
    asks(visitor)
    desk = house.desk(house.hire(locale="en-GB"))

    takes(desk)

    number = desk.locator(NUMBER)
    expect(number).to_have_text("010-1234-5678")
    expect(number).to_have_attribute("href", "tel:+821012345678")
    assert [fault for fault in violations(desk) if "call" in fault] == []
    desk.get_by_role("button", name="Reached", exact=True).click()
    expect(desk.locator(BAR)).to_be_hidden()
    expect(desk.locator(".event.callback_tried")).to_contain_text("called (try 1): answered")


def test_a_call_that_nobody_answers_is_nobodys_until_the_next_try(house: House) -> None:
    visitor = waits(house, "Call me")
    asks(visitor)
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    takes(desk)

    desk.get_by_role("button", name="No answer").click()

    expect(desk.locator(BAR)).to_be_hidden()
    expect(desk.get_by_text("The customer is called again in ten minutes")).to_be_visible()
    assert agent.get("/me")["cases"] == []
    takes_back(visitor)


def test_an_agent_promises_a_call(house: House) -> None:
    visitor = waits(house, "Tomorrow, please")
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    takes(desk)
    desk.get_by_role("button", name="Call later").click()
    desk.get_by_label(re.compile("number", re.IGNORECASE)).fill("010-1234-5678")

    desk.get_by_role("button", name="Promise the call").click()

    expect(desk.locator("dialog")).to_have_count(0)
    expect(visitor.locator("patchbay-chat .theirs").last).to_contain_text(
        "We will call the number ending in 5678 on"
    )
    assert agent.get("/me")["cases"] == []
    takes_back(visitor)
