"""Long timelines and many cases: what is far from the eye is not drawn, and nothing gets slower by it."""

import re
from statistics import median
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.support.listed import waiting
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import line

MOST_NODES = 2500
NODES = "document.querySelectorAll('*').length"
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def open_case(desk: LoneDesk, customer: str = "C0", **options: Any) -> Page:
    page = desk.open(**options)
    choose(page, customer)
    return page


def choose(page: Page, customer: str) -> None:
    page.get_by_role("button", name=re.compile(f"Customer {customer} ")).click()
    expect(page.locator("pb-timeline .lines .line").last).to_be_in_viewport()


def read_all(page: Page) -> None:
    """Every page of "earlier" is fetched."""
    page.evaluate("document.querySelector('pb-timeline').reach(1)")
    expect(page.locator("pb-timeline .reached")).to_contain_text("Line 1 of")


def test_five_thousand_lines_are_few_nodes_wherever_one_reads(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 5000)
    page = open_case(lone_desk)

    read_all(page)
    counted = [page.evaluate(NODES)]
    for share in (0.25, 0.5, 1):
        page.evaluate(
            f"(node => (node.scrollTop = node.scrollHeight * {share}))(document.querySelector('.scroll'))"
        )
        page.evaluate(SETTLED)
        counted.append(page.evaluate(NODES))

    assert max(counted) <= MOST_NODES


def test_a_line_that_is_not_here_yet_is_reached_marked_and_has_the_focus(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3000)
    page = open_case(lone_desk)

    page.evaluate("document.querySelector('pb-timeline').reach(1234)")

    reached = page.locator("pb-timeline .reached")
    expect(reached).to_contain_text("Line 1234 of")
    expect(reached).to_be_in_viewport()
    expect(reached).to_be_focused()


def test_show_case_leads_to_a_case_far_above(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 600)
    lone_desk.lines["C0"][:300] = [line(seq, case_id="case-old") for seq in range(1, 301)]
    page = open_case(lone_desk)

    page.evaluate("document.querySelector('pb-timeline').showCase('case-old')")

    expect(page.locator(".separator.of-case.reached")).to_be_in_viewport()
    expect(page.get_by_role("log").get_by_text("Line 1 of C0")).to_be_in_viewport()


def test_what_is_read_above_stays_and_a_button_tells_of_what_came(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 400)
    page = open_case(lone_desk)
    page.evaluate("document.querySelector('pb-timeline').reach(300)")
    read = page.locator("pb-timeline .reached")
    before = read.bounding_box()

    lone_desk.said("C0", text="Are you there?")
    below = page.get_by_role("button", name="New below")
    expect(below).to_be_visible()
    after = read.bounding_box()
    assert before and after and abs(after["y"] - before["y"]) <= 1
    expect(page.locator("pb-timeline [role=status].unseen")).to_contain_text("Are you there?")
    below.click()

    expect(page.get_by_role("log").get_by_text("Are you there?")).to_be_in_viewport()
    expect(below).to_be_hidden()


def test_earlier_lines_come_above_without_moving_what_is_read(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 300)
    page = open_case(lone_desk)
    page.evaluate("document.querySelector('.scroll').scrollTop = 0")
    first = page.get_by_role("log").get_by_text("Line 241 of C0")
    expect(first).to_be_in_viewport()
    earlier = page.get_by_role("button", name="Show earlier")
    earlier.hover()
    before = first.bounding_box()

    earlier.click()
    page.evaluate(SETTLED)

    after = first.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) <= 1


def test_who_writes_while_they_read_above_sees_what_they_wrote(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 200)
    page = open_case(lone_desk)
    page.locator(".scroll").first.evaluate("node => (node.scrollTop = 0)")
    page.evaluate(SETTLED)

    page.locator("pb-composer textarea").fill("An answer to all of it")
    page.keyboard.press("Enter")

    expect(page.locator(".line.from-us", has_text="An answer to all of it")).to_be_in_viewport()
    expect(page.get_by_role("button", name="New below")).to_be_hidden()


def test_who_is_at_the_newest_stays_there(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 100)
    page = open_case(lone_desk)

    for _ in range(5):
        lone_desk.said("C0")
        expect(
            page.get_by_role("log").get_by_text(f"Line {len(lone_desk.lines['C0'])} of C0")
        ).to_be_in_viewport()


def test_offers_that_came_to_nothing_are_one_line_that_opens(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    offer: dict[str, Any] = {"kind": "offer_ended", "text": "", "actor": "system", "delivery": None}
    for seq, how in enumerate(("declined", "expired", "declined"), 4):
        facts = {"how": how, "offer_id": f"O{seq}", "agent": "A", "agent_name": "Agent One"}
        lone_desk.lines["C0"].append(line(seq, **offer, facts=facts))
    page = open_case(lone_desk)
    fold = page.get_by_role("button", name="Passed 3 times")

    expect(page.locator(".event.offer_ended")).to_have_count(0)
    fold.click()

    expect(page.locator(".event.offer_ended")).to_have_count(3)
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".event.offer_ended")).to_have_count(0)


def metrics(cdp: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}


def busy(cdp: CDPSession) -> float:
    """Seconds this page has worked: scripts, styles and layout."""
    told = metrics(cdp)
    return told["ScriptDuration"] + told["LayoutDuration"] + told["RecalcStyleDuration"]


def cost_of_a_line(desk: LoneDesk, page: Page, cdp: CDPSession, turns: int = 15) -> float:
    spent = []
    for _ in range(turns):
        before = busy(cdp)
        said = desk.said("C0", kind="message_received", actor="customer", delivery=None)
        expect(page.get_by_role("log").get_by_text(said.text)).to_be_in_viewport()
        page.evaluate(SETTLED)
        spent.append(busy(cdp) - before)
    return median(spent)


def test_a_line_costs_at_five_thousand_what_it_costs_at_a_hundred(lone_desk: LoneDesk) -> None:
    """A ratio of work on one machine, taken in turn; no time is judged."""
    lone_desk.has("C0", 100)
    page = open_case(lone_desk)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    few = cost_of_a_line(lone_desk, page, cdp)

    lone_desk.has("C0", 5000)
    page = open_case(lone_desk)
    read_all(page)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    page.evaluate("window.kept = document.querySelector('pb-timeline')")
    many = cost_of_a_line_above(lone_desk, page, cdp)

    assert many <= 1.5 * few


def cost_of_a_line_above(desk: LoneDesk, page: Page, cdp: CDPSession, turns: int = 15) -> float:
    """While the first of all lines is read: nothing is let go of, and the news lies far below."""
    spent = []
    for _ in range(turns):
        before = busy(cdp)
        said = desk.said("C0", kind="message_received", actor="customer", delivery=None)
        expect(page.locator("pb-timeline [role=status].unseen")).to_contain_text(said.text)
        page.evaluate(SETTLED)
        spent.append(busy(cdp) - before)
    return median(spent)


def test_of_two_hundred_cases_those_in_sight_are_drawn_and_any_can_be_chosen(lone_desk: LoneDesk) -> None:
    for n in range(200):
        lone_desk.has(f"C{n}", 4)
    page = lone_desk.open()
    rows = page.locator("pb-work .work-item")
    expect(rows.first).to_be_visible()
    page.evaluate(SETTLED)

    drawn = rows.count()
    expect(page.locator("pb-work li[aria-setsize='200']").first).to_be_visible()
    page.evaluate("(pane => (pane.scrollTop = pane.scrollHeight))(document.querySelector('.pane-list'))")
    rows.last.click()

    assert drawn < 40
    expect(page.locator("pb-work .work-item[aria-current]")).to_be_focused()
    expect(page.locator("pb-timeline .line").last).to_be_in_viewport()


def test_all_of_a_list_of_two_hundred_are_chosen_and_those_in_sight_are_drawn(lone_desk: LoneDesk) -> None:
    lone_desk.answers["/lists/waiting"] = waiting(200)
    page = lone_desk.open()
    page.locator(".list-switch [data-list=waiting]").click()

    page.get_by_role("checkbox", name="Select all").check()

    expect(page.locator(".bulk b")).to_contain_text("200")
    assert page.locator(".list-row").count() < 40
    assert page.evaluate(NODES) <= MOST_NODES


def test_switching_between_two_hundred_cases_holds_nothing_up(lone_desk: LoneDesk) -> None:
    """Work for one switch among 200 is that among 20: what is not in sight is not drawn."""
    costs = []
    for cases in (20, 200):
        lone_desk.lines.clear()
        for n in range(cases):
            lone_desk.has(f"C{n}", 4)
        page = open_case(lone_desk, f"C{cases - 1}")
        cdp = page.context.new_cdp_session(page)
        cdp.send("Performance.enable")
        costs.append(cost_of_a_switch(page, cdp))

    few, many = costs
    assert many <= 2 * few


def cost_of_a_switch(page: Page, cdp: CDPSession, turns: int = 12) -> float:
    spent = []
    for turn in range(turns):
        before = busy(cdp)
        page.keyboard.press("Alt+ArrowDown" if turn % 4 < 2 else "Alt+ArrowUp")
        page.evaluate(SETTLED)
        spent.append(busy(cdp) - before)
    return median(spent)
