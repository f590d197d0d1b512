"""What a page's main thread does: the longest of its tasks, in milliseconds of CPU as Chromium traces them.

A task that waits for the machine takes no CPU meanwhile, so that a busy machine lengthens none.
"""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"]
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
# What a page must do to show a thousand rows as plainly as it can.
ROWS = """() => {
  const list = document.createElement("ul");
  for (let n = 0; n < 1000; n += 1) {
    const row = document.createElement("li");
    row.append(document.createElement("b"), `Row ${n}`);
    list.append(row);
  }
  document.body.append(list);
  list.offsetHeight;
  list.remove();
}"""


def longest(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds of CPU of the longest task while something is done and drawn."""
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=CATEGORIES)
    act()
    page.evaluate(SETTLED)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    threads = _main_of(events)
    return max(float(event["tdur"]) for event in events if _is_task(event, threads)) / 1000


def floor(page: Page) -> float:
    return longest(page, lambda: page.evaluate(ROWS))


def _main_of(events: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """The main threads of pages; that of the page that is looked at is the one that works."""
    named = (event for event in events if event["name"] == "thread_name")
    return {(one["pid"], one["tid"]) for one in named if one["args"]["name"] == "CrRendererMain"}


def _is_task(event: dict[str, Any], threads: set[tuple[int, int]]) -> bool:
    return event["name"] == "RunTask" and "tdur" in event and (event["pid"], event["tid"]) in threads
