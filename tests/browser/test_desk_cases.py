"""Cases on the desk: by which way a reply goes, whose words are shown, and who may answer."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.desk_scene import Visitor, chosen_way, replies, takes
from tests.support.house import House

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}
PREVIEW = ".work-item[aria-current] .work-text"


def test_a_reply_follows_the_customer_until_the_agent_chooses_and_the_list_follows_every_line(
    house: House,
) -> None:
    desk, visitor, number = house.desk(house.hire(**ENGLISH)), Visitor(house), house.number()
    visitor.says("By chat")
    takes(desk)
    visitor.proves(number)
    expect(desk.locator(".reply-channels .way")).to_have_count(2)
    expect(chosen_way(desk)).to_have_text("Web chat")

    desk.locator("pb-composer textarea").fill("Half a sentence")
    house.sms(number, "By SMS now")
    expect(chosen_way(desk)).to_have_text("SMS")
    expect(desk.locator(".hint.turned")).to_be_visible()
    expect(desk.locator(PREVIEW)).to_have_text("By SMS now")
    desk.locator(".reply-channels .way", has_text="Web chat").click()
    expect(desk.locator(".hint.turned")).to_have_count(0)
    house.sms(number, "By SMS again")
    expect(desk.locator(PREVIEW)).to_have_text("By SMS again")
    expect(chosen_way(desk)).to_have_text("Web chat")
    replies(desk, "An answer in the chat")
    expect(desk.locator(PREVIEW)).to_have_text("You: An answer in the chat")
    visitor.says("In the chat again")
    expect(desk.locator(PREVIEW)).to_have_text("In the chat again")
    house.sms(number, "And by SMS")

    expect(chosen_way(desk)).to_have_text("SMS")
    automatic = desk.locator(".line.automatic")
    expect(automatic.first).to_contain_text("Automatic message")
    assert not [line for line in automatic.all_inner_texts() if "You" in line.split()]


def test_a_case_that_went_back_or_came_back_reads_as_waiting_and_a_colleagues_is_only_read(
    house: House,
) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, number = house.desk(one), house.number()
    house.sms(number, "Please help")
    takes(desk)
    desk.locator("pb-top select").first.select_option("offline")

    expect(desk.locator(".outcome-bar")).to_contain_text("waiting for an agent")
    expect(desk.locator(".work-item[aria-current] .work-state")).to_have_text("waiting")
    expect(desk.locator(".case .outcome")).to_have_text("waiting")
    other = house.desk(two)
    takes(other)
    expect(desk.locator(".outcome-bar")).to_contain_text(f"{two.name} has this case")
    only_notes(desk)
    read = one.context.new_page()
    read.goto(other.url.replace(house.centre.address, ""))
    expect(read.locator(".outcome-bar")).to_contain_text(f"{two.name} has this case")
    only_notes(read)
    assert violations(read) == []

    close(other)
    expect(desk.locator(".outcome-bar")).to_contain_text("Closed: Solved")
    expect(other.locator(".work-item .work-state")).to_have_text("closed")
    other.locator(".work-item").click()
    house.sms(number, "One more thing")
    expect(other.locator(".outcome-bar")).to_contain_text("offered to you")
    expect(other.locator(".work-item .work-state")).to_have_text("offered")


def only_notes(desk: Page) -> None:
    expect(desk.locator(".composer.noting textarea")).to_be_visible()
    expect(desk.locator("[name=mode][value=reply]")).to_be_disabled()
    expect(desk.locator(".reply-channels")).to_be_hidden()
    expect(desk.get_by_role("button", name="Close case")).to_be_hidden()


def close(desk: Page) -> None:
    replies(desk, "Done.")
    desk.get_by_role("button", name="Close case").click()
    dialog = desk.locator("dialog")
    dialog.locator("[value=solved]").check()
    dialog.locator("button.primary").click()
    expect(dialog).to_have_count(0)
