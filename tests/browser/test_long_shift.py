"""A shift of ten thousand frames: what the desk keeps in the end is what it kept after the first thousand."""

from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from shared.domain.desk.work_views import OfferView
from tests.support.lone_desk import LoneDesk, work
from tests.support.lone_page import moment

CUSTOMERS, LINES = 40, 60
THOUSANDS, AT_ONCE = 10, 100
MOST_GROWTH = 1.2
OPEN = "C0"
BESIDE: tuple[dict[str, Any], ...] = (
    {"kind": "message_received", "actor": "customer", "delivery": None},
    {"kind": "message_sent", "actor": "agent:A", "delivery": "queued"},
    {"kind": "note_added", "actor": "agent:B", "delivery": None},
    {"kind": "offer_ended", "actor": "system", "delivery": None, "text": "", "facts": {"how": "declined"}},
    {"kind": "presence_changed", "actor": "agent:B", "delivery": None, "text": ""},
)
# The page's own line, once more connected, is kept where frames can be put in, a hundred with one call.
KEEP_LINE = """() => {
  const made = { construct: (own, told) => (window.line = Reflect.construct(own, told)) };
  window.WebSocket = new Proxy(window.WebSocket, made);
}"""
PUT_IN = """async (frames) => {
  for (const [n, frame] of frames.entries()) {
    window.line.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
    if (n % 4 === 3) await null; // all that listens draws
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@dataclass
class Shift:
    """Frames as the centre sends them: half of the lines are of the open customer."""

    desk: LoneDesk
    customers: list[str] = field(default_factory=lambda: [f"C{n}" for n in range(CUSTOMERS)])
    numbers: "count[int]" = field(default_factory=count)
    fresh: "count[int]" = field(default_factory=lambda: count(CUSTOMERS))
    frames: list[dict[str, Any]] = field(default_factory=list)

    def begin(self, monkeypatch: pytest.MonkeyPatch) -> Page:
        for customer in self.customers:
            self.desk.has(customer, LINES)
        page = self.desk.open()
        page.get_by_role("button", name=f"Customer {OPEN} ").click()
        expect(page.locator("pb-timeline .lines .line").last).to_be_in_viewport()
        page.evaluate(KEEP_LINE)
        self.desk.push({"type": "error", "code": "no_connection"})
        page.wait_for_function("window.line?.readyState === WebSocket.OPEN")
        monkeypatch.setattr(self.desk, "push", self.frames.append)
        return page

    def thousand(self, page: Page) -> None:
        for _ in range(1000 // AT_ONCE):
            while len(self.frames) < AT_ONCE:
                self.happen(next(self.numbers))
            page.evaluate(PUT_IN, self.frames)
            self.frames.clear()

    def happen(self, n: int) -> None:
        if n % 20 == 0:
            self.work_changes(n)
        elif n % 10 == 5:
            self.desk.push({"type": "typing", "customer_id": OPEN if n % 20 == 5 else self.another(n)})
        else:
            self.desk.said(OPEN if n % 2 else self.another(n), **BESIDE[n // 10 % len(BESIDE)])

    def another(self, n: int) -> str:
        return self.customers[1 + n % (CUSTOMERS - 1)]

    def work_changes(self, n: int) -> None:
        """The desk asks what is: an offer, a call by a colleague; at times a case ends and another comes."""
        if n % 60 == 0:
            self.customers = [OPEN, *self.customers[2:], f"C{next(self.fresh)}"]
            self.desk.has(self.customers[-1], LINES)
        cases = [asdict(work(customer, len(self.desk.lines[customer]))) for customer in self.customers]
        offer, notice = rings(n, self.customers[-1]), calls(n, self.customers[-1])
        self.desk.me |= {"cases": cases, "offers": [offer], "notices": [notice]}
        self.desk.push({"type": "told" if n % 40 else "work_changed"})


def rings(n: int, customer: str) -> dict[str, Any]:
    told = (f"case-{customer}", "sms", "main", moment(1), "2099-01-01T00:00:00.000Z", "Hello?", "Kim Minsu")
    return asdict(OfferView(f"O{n}", customer, *told, "longest_waiting"))


def calls(n: int, customer: str) -> dict[str, Any]:
    told = {"id": f"N{n}", "what": "mention", "at": moment(n), "by_name": "Agent Two", "text": "Look."}
    place = {"case_id": f"case-{customer}", "customer_id": customer, "number": "1", "seq": 60}
    return told | place | {"timeline": customer}


def look_around(page: Page) -> None:
    """Other conversations are opened, then the one that is open most."""
    for _ in range(5):
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("pb-timeline .lines .line").last).to_be_in_viewport()
    page.get_by_role("button", name=f"Customer {OPEN} ").click()
    expect(page.locator("pb-timeline .lines .line").last).to_be_in_viewport()


def kept(page: Page, cdp: CDPSession) -> float:
    """Bytes of JavaScript that are still needed: the least after some rounds of collecting."""
    used = []
    for _ in range(3):
        page.wait_for_timeout(100)
        cdp.send("HeapProfiler.collectGarbage")
        used.append(float(cdp.send("Runtime.getHeapUsage")["usedSize"]))
    return min(used)


def test_ten_thousand_frames_leave_no_more_behind_than_one_thousand(
    lone_desk: LoneDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = Shift(lone_desk)
    page = shift.begin(monkeypatch)
    cdp = page.context.new_cdp_session(page)

    after = []
    for _ in range(THOUSANDS):
        shift.thousand(page)
        look_around(page)
        after.append(kept(page, cdp))

    assert after[-1] <= MOST_GROWTH * after[0], after
