"""A customer of whom everything is known, at a desk without a centre."""

from dataclasses import replace
from typing import Any

from playwright.sync_api import Page

from shared.domain.desk.card_view import AddressView
from shared.domain.desk.declared_view import declared
from shared.domain.desk.profile_view import PinnedView, ProfileView
from shared.domain.desk.step_view import StepView
from tests.support.full_settings import FULL, REFUND, REPLIES
from tests.support.house import NARROW
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card, moment

PROFILE = ProfileView(
    3, "Customer C0", "Acme Trading", "ko", ("delivery", "vip"), {"since": "2024-05-01", "size": "11–100"},
    1_250_000, PinnedView("Calls back only after 18:00. 저녁에만 통화 가능.", "B", "Agent Two", moment(2)),
)  # fmt: skip


def talk(desk: LoneDesk, **options: Any) -> Page:
    """A customer of whom everything is known."""
    if not desk.lines:
        desk.has("C0", 6)
    known = card("C0", 6)
    steps = tuple(StepView(one.code, one.label_ko, one.label_en, n == 0) for n, one in enumerate(REFUND))
    cases = tuple(replace(one, steps=steps, tags=("delivery",), score=4) for one in known.cases)
    phone = AddressView("phone", "+821055550001", "010-5555-0001", "proven", "code", True, "", ("sms",))
    written = "a" * 30 + "@example.test"
    mail = AddressView("email", written, written, "claimed", "typed", True, "unsubscribed", ("email",))
    desk.cards.setdefault("C0", replace(known, cases=cases, profile=PROFILE, addresses=(phone, mail)))
    desk.me |= {"declared": declared(FULL), "labels": {"queues": {}, "skills": {}}, "zone": FULL.zone}
    desk.answers |= {"/saved-replies": {"own": REPLIES[1:], "team": REPLIES, "centre": "Patchbay"}}
    page = desk.open(**options)
    page.locator(".work-item").first.click()
    page.locator("pb-timeline .line").last.wait_for()
    return page


def narrow(page: Page) -> bool:
    """Where one pane is seen at a time."""
    return page.viewport_size == NARROW
