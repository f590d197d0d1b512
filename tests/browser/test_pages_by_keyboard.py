"""What supervisors and admins do at their pages, by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.desk_scene import takes
from tests.support.hands import Hands
from tests.support.house import House, Staff
from tests.support.patience import soon

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}


def opened(who: Staff, path: str) -> Page:
    page = who.context.new_page()
    page.goto(path)
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_attached()
    return page


def test_a_supervisor_reads_along_notes_steps_in_answers_leaves_and_assigns(house: House) -> None:
    agent, other = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk = house.desk(agent)
    house.sms(house.number(), "My tea has not come")
    case_id = takes(desk)
    (case,) = agent.get("/me")["cases"]
    house.desk(other)
    by = Hands(opened(house.hire("supervisor", **ENGLISH), "/supervisor"))
    log = by.page.get_by_role("log", name="Conversation read along")

    by.presses("button", f"Read case {case['number']} along")
    expect(log).to_contain_text("My tea has not come")
    by.writes("Only staff will see this…", "Offer a refund")
    by.presses("button", "Save note")
    expect(log).to_contain_text("Offer a refund")
    by.presses("button", "Step in")
    by.writes(re.compile("^Reason"), "They asked for me")
    by.sends()
    by.ticks("Reply", "radio")
    by.writes("Write to the customer…", "I am the manager")
    by.presses("button", "Send")
    expect(log).to_contain_text("I am the manager")
    by.presses("button", "Leave")
    by.presses("button", "Assign")
    by.chooses("To whom", other.name)
    by.writes(re.compile("^Reason"), "They know this customer")
    by.sends()
    soon(lambda: [one for one in other.get("/me")["offers"] if one["case_id"] == case_id])
    expect(by.page.get_by_role("dialog")).to_have_count(0)
    by.looks()
    by.press("Escape")

    expect(log).to_have_count(0)
    assert by.lost() == []


def test_open_conversations_are_walked_by_arrows_while_the_page_looks_again(house: House) -> None:
    desk = house.desk(house.hire(**ENGLISH))
    house.sms(house.number(), "My tea has not come")
    takes(desk)
    by = Hands(opened(house.hire("supervisor", **ENGLISH), "/supervisor"))
    table = by.page.get_by_role("grid", name="Open conversations")
    row = table.get_by_role("row").nth(1)

    by.reaches(row)
    with by.page.expect_response(re.compile("/supervisor/live|/live")):
        by.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    by.looks()
    expect(row).to_be_focused()
    by.press("Enter")

    expect(by.page.get_by_role("log", name="Conversation read along")).to_be_visible()
    by.press("Escape")
    assert by.lost() == []


def test_an_admin_changes_a_queue_saves_it_and_takes_it_back(house: House) -> None:
    admin = house.hire("admin", **ENGLISH)
    before = admin.get("/settings")["n"]
    by = Hands(opened(admin, "/admin"))
    queues = by.page.get_by_role("region", name="Queues")

    by.reaches(queues.get_by_text("main").first)
    by.press("Enter")
    by.reaches(queues.get_by_label(re.compile("^Priority")))
    by.press("Control+a")
    by.types("2")
    by.presses("button", "Check and save…")
    expect(by.page.get_by_role("dialog")).to_contain_text("priority")
    by.presses("button", "Save")
    expect(by.page.get_by_role("status").filter(has_text="holds within 10 seconds")).to_be_visible()
    assert admin.get("/settings")["n"] == before + 1
    by.presses("button", f"Take up version {before} again")
    by.presses("button", "Take up again")

    soon(lambda: admin.get("/settings")["n"] == before + 2)
    expect(by.page.get_by_role("dialog")).to_have_count(0)
    by.looks()
    assert by.lost() == []


def test_the_doors_of_the_wall_keep_the_focus_when_it_is_drawn_anew(house: House) -> None:
    by = Hands(opened(house.hire("supervisor", **ENGLISH), "/wall"))

    by.presses("button", "Light")
    expect(by.at("button", "Dark")).to_be_focused()
    by.presses("button", "Dark")
    by.goes("combobox", "Language")
    by.press("ArrowDown")

    expect(by.at("combobox", "언어")).to_be_focused()
    assert by.lost() == []
