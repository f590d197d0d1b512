"""The desk with two hundred conversations: no task holds an agent up.

Judged against plain work of the same page in the same round; milliseconds are shown as a hint.
"""

import re
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Page, expect

from tests.bench.measure import tell, within
from tests.bench.tasks import floor, longest
from tests.support.browser import a_browser
from tests.support.listed import waiting
from tests.support.lone_desk import LoneDesk

CASES, LINES, ROUNDS = 200, 60, 9
MOST = 100  # milliseconds of a task
LIMIT = 2.0  # times the making of a thousand plain rows


def full(browser: Browser) -> LoneDesk:
    desk = LoneDesk(browser)
    for n in range(CASES):
        desk.has(f"C{n}", LINES)
    found = [
        {"kind": "customer", "customer_id": f"C{n}", "case_id": "", "name": f"Customer C{n}", "shown": "",
         "number": "", "state": "", "last": "2026-03", "tags": []}
        for n in range(20)
    ]  # fmt: skip
    desk.answers["/lists/waiting"] = waiting(CASES)
    desk.answers["/find"] = {"items": found, "next": None}
    return desk


def switch(page: Page) -> Callable[[], None]:
    page.locator("pb-work .work-item").first.click()
    page.locator("pb-timeline .line").last.wait_for()

    def act() -> None:
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("pb-timeline .lines .line").last).to_be_in_viewport()

    return act


def choose_all(page: Page) -> Callable[[], None]:
    page.locator(".list-switch [data-list=waiting]").click()
    box = page.get_by_role("checkbox", name="Select all")
    expect(box).to_be_visible()

    def act() -> None:
        box.click()
        expect(page.locator(".bulk b")).to_be_visible(visible=box.is_checked())

    return act


def narrow(page: Page) -> Callable[[], None]:
    page.locator(".list-switch [data-list=waiting]").click()
    page.locator(".list-filters summary").click()
    field = page.locator("[data-field=sort] select")
    choices = iter(["newest", "age"] * ROUNDS * 2)

    def act() -> None:
        with page.expect_response("**/lists/**"):
            field.select_option(next(choices))
        expect(page.locator(".list-row").first).to_be_visible()

    return act


def type_a_name(page: Page) -> Callable[[], None]:
    page.keyboard.press("Control+k")
    field = page.locator("dialog.palette").get_by_role("combobox")

    def act() -> None:
        field.fill("")
        field.press_sequentially("cust")
        expect(page.get_by_role("option", name=re.compile("Customer C0"))).to_be_visible()

    return act


ACTS = {
    "switch to the next conversation": switch,
    "select all of a list": choose_all,
    "order a list anew": narrow,
    "type in the search": type_a_name,
}


def bench_no_task_holds_up_an_agent_with_two_hundred_conversations() -> None:
    told = []
    with a_browser() as browser:
        desk = full(browser)
        for name, prepare in ACTS.items():
            page = desk.open()
            act = prepare(page)
            act()
            pairs = [(longest(page, act), floor(page)) for _ in range(ROUNDS)]
            told.append((name, *(median(column) for column in zip(*pairs, strict=True)), ratio(pairs)))
            page.close()

    tell("desk_tasks", table(told))
    for name, _, _, times in told:
        within(f"longest task: {name}", times, LIMIT)


def ratio(pairs: list[tuple[float, float]]) -> float:
    return median(ours / plain for ours, plain in pairs)


def table(told: list[tuple[str, float, float, float]]) -> str:
    head = f"| what | longest task, ms of CPU (wanted: {MOST}) | a thousand plain rows | ratio |"
    rows = [f"| {name} | {ours:.0f} | {plain:.0f} | {times:.2f} |" for name, ours, plain, times in told]
    return "\n".join((head, "| --- | --- | --- | --- |", *rows)) + "\n"
