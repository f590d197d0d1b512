"""The screens of the desk, in both languages, in light and dark: axe finds nothing, and nothing is cut off.

A new screen is one function in SCREENS. With PATCHBAY_SCREENS=folder a picture of each is kept there.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.domain.desk.colleague_view import ColleagueView
from shared.domain.desk.work_views import OfferView
from tests.support.house import NARROW
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card, line, moment
from tests.support.screens import LANGUAGES, LONG, open_to_everybody, whole

OFFER = OfferView(
    "O1", "C9", "case-C9", "sms", "main", moment(1), "2099-01-01T00:00:00.000Z", "Where is my parcel?",
    "Kim Minsu", "longest_waiting",
)  # fmt: skip


def few(desk: LoneDesk) -> None:
    for n in range(4):
        desk.has(f"C{n}", 12)


def chosen(page: Page, customer: str = "C0") -> Page:
    page.locator("pb-work .work-item", has_text=f"Customer {customer}").click()
    page.locator("pb-timeline .line").last.wait_for()
    return page


def sign_in(desk: LoneDesk, **options: Any) -> Page:
    return desk.open(signed_in=False, **options)


def empty(desk: LoneDesk, **options: Any) -> Page:
    return desk.open(**options)


def cases(desk: LoneDesk, **options: Any) -> Page:
    few(desk)
    return desk.open(**options)


def conversation(desk: LoneDesk, **options: Any) -> Page:
    return chosen(cases(desk, **options))


def note(desk: LoneDesk, **options: Any) -> Page:
    page = conversation(desk, **options)
    page.keyboard.press("Alt+M")
    page.keyboard.type("Speaks of two parcels. 소포 두 개를 말함.")
    return page


def closing(desk: LoneDesk, **options: Any) -> Page:
    page = conversation(desk, **options)
    page.get_by_role("button", name=re.compile("^(Close case|케이스 종료)")).click()
    page.get_by_role("dialog").wait_for()
    return page


def handing_on(desk: LoneDesk, **options: Any) -> Page:
    fits = ColleagueView("B", "Agent Two", "available", "", "idle", 5, 15, False, True)
    others = (
        replace(fits, id="D", name=LONG, presence="break", routing_status="off_queue", free=False),
        replace(fits, id="E", name="김서연", used=15, fits=True, free=False),
    )
    queue = {"name": "main", "label_en": "Main", "label_ko": "기본"}
    desk.answers["/colleagues"] = {"agents": [fits, *others], "queues": [queue]}
    page = conversation(desk, **options)
    page.keyboard.press("Alt+G")
    page.get_by_text("Agent Two").wait_for()
    return page


def keys(desk: LoneDesk, **options: Any) -> Page:
    page = cases(desk, **options)
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    return page


def ringing(desk: LoneDesk, **options: Any) -> Page:
    desk.me["offers"] = [asdict(OFFER)]
    page = conversation(desk, **options)
    page.locator("pb-offers .offer").wait_for()
    return page


def many_kinds(desk: LoneDesk, **options: Any) -> Page:
    """A failed message, offers that came to nothing, a case that came back, an automatic text, a note."""
    desk.has("C0", 3)
    event = {"text": "", "actor": "system", "delivery": None}
    told: list[dict[str, Any]] = [
        {"kind": "message_sent", "actor": "agent:A", "delivery": "failed", "delivery_reason": "unreachable"},
        {
            "kind": "message_sent",
            "actor": "system",
            "audience": "customer",
            "text": "We are closed. 영업 종료.",
        },
        {"kind": "note_added", "actor": "agent:B", "actor_name": "Agent Two", "delivery": None},
        *(
            {**event, "kind": "offer_ended", "facts": {"how": "declined", "offer_id": f"O{n}"}}
            for n in range(3)
        ),
        {"kind": "message_received", "actor": "customer", "delivery": None, "facts": {"reopened": True}},
    ]
    desk.lines["C0"] += [line(seq, **one) for seq, one in enumerate(told, 4)]
    return chosen(desk.open(**options))


def long_names(desk: LoneDesk, **options: Any) -> Page:
    desk.has("C0", 4)
    known = card("C0", 4)
    cases = tuple(replace(one, owner_name=LONG) for one in known.cases)
    desk.cards["C0"] = replace(known, name=LONG, tier="vip", cases=cases)
    desk.agent = replace(desk.agent, name=LONG)
    return chosen(desk.open(**options))


def no_network(desk: LoneDesk, **options: Any) -> Page:
    page = cases(desk, **options)
    page.locator("pb-work .work-item").first.wait_for()
    desk.unreachable = True
    page.locator("pb-work .work-item").first.click()
    page.locator(".notice:not(:empty), .toast").first.wait_for()
    return page


SCREENS = (
    sign_in, empty, cases, conversation, note, closing, handing_on, keys, ringing, many_kinds, long_names,
    no_network,
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_is_open_to_everybody(
    lone_desk: LoneDesk, screen: Callable[..., Page], language: str
) -> None:
    page = screen(lone_desk, locale=LANGUAGES[language])

    open_to_everybody(page, f"{screen.__name__}-{language}")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_fits_a_phone(lone_desk: LoneDesk, screen: Callable[..., Page]) -> None:
    page = screen(lone_desk, locale="ko-KR", viewport=NARROW)

    whole(page, f"{screen.__name__}-phone")


ASKED_FIRST = """(() => {
  const all = performance.getEntriesByType("resource");
  const known = all.find(({ name }) => name.endsWith("/api/me")).responseEnd;
  return 1 + all.filter(({ startTime }) => startTime < known).length;
})()"""


def test_the_desk_stands_with_few_requests(lone_desk: LoneDesk) -> None:
    """As a browser counts them until the agent's cases are known: sounds and notices come after that."""
    few(lone_desk)
    page = lone_desk.open()
    expect(page.locator("pb-work .work-item").first).to_be_visible()

    assert page.evaluate(ASKED_FIRST) <= 45
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint').length") == 1
