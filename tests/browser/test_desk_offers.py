"""Offers ring beside every pane, and who missed one comes back by a button that nothing hides."""

import re

import pytest
from playwright.sync_api import FloatRect, Page, Route, expect

from tests.support.browser import violations
from tests.support.desk_scene import place, rings_out, takes
from tests.support.house import NARROW, House

pytestmark = pytest.mark.embedded
OFFER, BACK = "pb-offers .offer", "pb-offers .station button.primary"


def same(one: FloatRect, other: FloatRect) -> bool:
    """To the pixel: a width that was left and taken again may round parts of one in another way."""
    return all(abs(one[side] - other[side]) < 1 for side in ("x", "y", "width", "height"))


def test_an_offer_rings_beside_every_pane_at_every_width_and_moves_nothing(house: House) -> None:
    agent = house.hire()
    desk = house.desk(agent)
    house.sms(house.number(), "The first one")
    takes(desk)
    row, text = desk.locator(".work-item").first, desk.locator("pb-composer textarea")
    text.fill("Half a sentence")
    panes = {width: before(desk, width) for width in (1280, 900)}
    house.sms(house.number(), "The second one, with more to say than fits into a line of any list")
    expect(desk.locator(OFFER)).to_be_in_viewport(ratio=1)

    for width, (list_, talk) in panes.items():
        desk.set_viewport_size({"width": width, "height": 780})
        assert same(place(row), list_) and same(place(text), talk), width
        expect(desk.locator(OFFER)).to_be_in_viewport(ratio=1)
    desk.set_viewport_size(NARROW)
    for pane in ("talk", "card", "list"):
        desk.evaluate("pane => (document.body.dataset.pane = pane)", pane)
        expect(desk.locator(f".pane-{pane}")).to_be_visible()
        expect(desk.locator(f"{OFFER} button.primary")).to_be_in_viewport(ratio=1)
    assert not sideways(desk)
    takes(desk)
    expect(desk.locator(".line.from-customer", has_text="The second one")).to_be_visible()


def test_who_missed_an_offer_reads_so_everywhere_and_comes_back_by_a_button_that_stays(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    desk.route("**/accept", too_late)
    number = house.number()
    house.sms(number, "Is anybody there?")
    desk.locator(f"{OFFER} button.primary").click()
    desk.locator("pb-notice button").click()
    expect(desk.locator("pb-notice")).to_be_hidden()
    rings_out(house, agent)

    expect(desk.locator(BACK)).to_be_visible()
    expect(desk.locator("pb-top select").first).to_have_value("not_responding")
    expect(desk.locator(".dot")).to_have_attribute("data-presence", "not_responding")
    desk.reload()
    expect(desk.locator(BACK)).to_be_visible()
    desk.set_viewport_size(NARROW)
    expect(desk.locator(BACK)).to_be_in_viewport(ratio=1)
    assert violations(desk) == []
    desk.locator(BACK).click()

    expect(desk.locator("pb-top select").first).to_have_value("available")
    expect(desk.locator(OFFER)).to_contain_text("Is anybody there?")
    expect(desk.locator(BACK)).to_have_count(0)


def test_an_answer_that_was_overtaken_does_not_bring_an_old_presence_back(house: House) -> None:
    agent = house.hire()
    desk = house.desk(agent, "break")
    old = agent.get("/me")
    expect(desk.locator("pb-offers")).to_have_attribute("data-station", "away")
    desk.locator("pb-top select").first.select_option("available")
    expect(desk.locator("pb-offers")).to_have_attribute("data-station", "available")
    asked: list[str] = []

    def stale(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json=old)

    desk.route(re.compile("/api/me$"), stale)
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.wait_for_timeout(200)

    assert asked
    expect(desk.locator("pb-top select").first).to_have_value("available")


def before(desk: Page, width: int) -> tuple[FloatRect, FloatRect]:
    desk.set_viewport_size({"width": width, "height": 780})
    return place(desk.locator(".work-item").first), place(desk.locator("pb-composer textarea"))


def too_late(route: Route) -> None:
    sentence = {"code": "offer_gone", "message": "This offer has ended.", "fields": {}}
    route.fulfill(status=409, json={"error": sentence})


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
