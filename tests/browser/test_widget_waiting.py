"""Who waits in the chat sees their place, and may ask to be called instead."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.shop import Shop

BAR = "patchbay-chat .place"
FORM = "patchbay-chat form[aria-label]"
THIRD = {"state": "waiting", "words": "You are third; 4 to 9 minutes.", "offers": True, "every": 15}
LATER = {"state": "later", "words": "We will call you on Fri 27 Nov, 10:00.", "offers": True, "every": 60}
DAY = [["2026-11-27T00:00:00.000Z", "2026-11-27T00:30:00.000Z"]]  # 09:00 to 09:30 in Seoul


def waits(shop: Shop, lang: str = "en") -> Page:
    shop.lang, shop.place, shop.spans = lang, dict(THIRD), DAY
    page = shop.open()
    page.locator("patchbay-chat textarea").fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator(BAR)).to_be_visible()
    return page


def asks(shop: Shop, action: str) -> int:
    return sum(frame["action"] == action for frame in shop.heard)


def test_the_place_stands_above_the_messages_and_is_read_out(shop: Shop) -> None:
    page = waits(shop)

    expect(page.locator(f"{BAR} [role=status]")).to_have_text("You are third; 4 to 9 minutes.")


def test_it_is_asked_for_at_most_every_fifteen_seconds(shop: Shop) -> None:
    context = shop.visitor()
    page = shop.open(context)
    page.clock.install()
    shop.place = dict(THIRD)
    for n in range(5):
        page.locator("patchbay-chat textarea").fill(f"Hello {n}")
        page.keyboard.press("Enter")
        expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(n + 1)
    page.clock.run_for(3000)
    expect(page.locator(BAR)).to_be_visible()
    at_once = asks(shop, "place")
    page.clock.run_for(44_000)

    assert at_once == 1
    assert 2 <= asks(shop, "place") <= 4


def test_who_comes_back_in_another_tab_is_told_without_saying_anything(shop: Shop) -> None:
    context = shop.visitor()
    shop.place, shop.spans = dict(THIRD), DAY
    first = shop.open(context)
    first.locator("patchbay-chat textarea").fill("Hello")
    first.keyboard.press("Enter")
    expect(first.locator(BAR)).to_be_visible()

    second = context.new_page()
    second.goto("/")
    second.wait_for_timeout(1500)  # the line is open before somebody looks
    second.locator("patchbay-chat button.launch").click()

    expect(second.locator(BAR)).to_be_visible()


def test_it_is_gone_and_asked_no_more_once_somebody_answers(shop: Shop) -> None:
    page = waits(shop)

    shop.tell_place(state="none", words="", offers=False, every=0)

    expect(page.locator(BAR)).to_be_hidden()


def test_a_call_is_asked_for_as_soon_as_it_is_their_turn(shop: Shop) -> None:
    page = waits(shop)
    page.get_by_role("button", name="Call me instead").click()
    page.get_by_label("Your phone number").fill("010-1234-5678")

    page.get_by_role("button", name="Call me", exact=True).click()

    expect(page.locator("patchbay-chat .mine.accepted .text").last).to_have_text(
        "Please call me: 010-1234-5678"
    )
    (asked,) = [frame for frame in shop.heard if frame["action"] == "callback"]
    assert (asked["phone"], asked["at"]) == ("010-1234-5678", "")
    expect(page.locator(FORM)).to_be_hidden()


def test_a_call_at_a_time_is_chosen_by_the_clock_of_the_centre(shop: Shop) -> None:
    page = waits(shop)
    page.get_by_role("button", name="Call me instead").click()
    page.get_by_label("Your phone number").fill("010-1234-5678")
    page.get_by_label("At a time").check()
    expect(page.get_by_label("Time", exact=True).locator("option")).to_have_text(["09:00", "09:15"])

    page.get_by_label("Time", exact=True).select_option("09:15")
    page.get_by_role("button", name="Call me", exact=True).click()

    expect(page.locator("patchbay-chat .mine .text").last).to_have_text(re.compile("on Fri.*27.* 09:15: 010"))
    (asked,) = [frame for frame in shop.heard if frame["action"] == "callback"]
    assert asked["at"] == "2026-11-27T00:15:00.000Z"


def test_where_no_time_is_free_it_says_so_and_nothing_can_be_sent(shop: Shop) -> None:
    page = waits(shop)
    shop.spans = []
    page.get_by_role("button", name="Call me instead").click()

    page.get_by_label("At a time").check()

    expect(page.get_by_text("There is no free time within a week.")).to_be_visible()
    expect(page.get_by_role("button", name="Call me", exact=True)).to_be_disabled()


def test_a_call_that_is_to_come_can_be_cancelled(shop: Shop) -> None:
    page = waits(shop)
    shop.tell_place(**LATER)
    expect(page.locator(BAR)).to_contain_text("We will call you on Fri 27 Nov, 10:00.")
    expect(page.get_by_role("button", name="Call me instead")).to_be_hidden()

    page.get_by_role("button", name="Cancel the call").click()

    expect(page.locator("patchbay-chat .mine.accepted .text").last).to_have_text("Please do not call me")
    assert asks(shop, "no_callback") == 1


def test_a_queue_that_takes_no_calls_offers_none(shop: Shop) -> None:
    page = waits(shop)

    shop.tell_place(offers=False)

    expect(page.get_by_role("button", name="Call me instead")).to_be_hidden()
    expect(page.locator(BAR)).to_be_visible()


def test_escape_closes_the_form_first(shop: Shop) -> None:
    page = waits(shop)
    page.get_by_role("button", name="Call me instead").click()

    page.keyboard.press("Escape")

    expect(page.locator(FORM)).to_be_hidden()
    expect(page.locator("patchbay-chat .panel")).to_be_visible()
    assert (
        page.evaluate("document.querySelector('patchbay-chat').shadowRoot.activeElement.tagName")
        == "TEXTAREA"
    )


@pytest.mark.parametrize(("lang", "button"), [("en", "Call me instead"), ("ko", "전화로 받기")])
def test_the_form_is_accessible_in_both_languages(shop: Shop, lang: str, button: str) -> None:
    page = waits(shop, lang)

    page.get_by_role("button", name=button).click()

    assert [fault for fault in violations(page) if "patchbay-chat" in fault] == []


def test_who_is_not_in_the_queue_yet_is_looked_for_again(shop: Shop) -> None:
    context = shop.visitor()
    page = shop.open(context)
    page.clock.install()
    page.locator("patchbay-chat textarea").fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(1)
    page.clock.run_for(3000)
    expect(page.locator(BAR)).to_be_hidden()

    shop.place = dict(THIRD)
    page.clock.run_for(16_000)

    expect(page.locator(BAR)).to_contain_text("You are third")


def test_who_does_not_wait_costs_a_few_looks_and_no_more(shop: Shop) -> None:
    context = shop.visitor()
    page = shop.open(context)
    page.clock.install()
    page.locator("patchbay-chat textarea").fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(1)
    for _ in range(20):
        page.clock.run_for(15_000)

    assert asks(shop, "place") <= 3
