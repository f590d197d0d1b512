"""The desk's rarer screens: what opens over it, lists, mails, the form of a customer.

A new screen is one function in SCREENS. With PATCHBAY_SCREENS=folder a picture of each is kept there.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from shared.domain.desk.list_view import ListItem, ListPage
from shared.domain.desk.mail_view import MailView
from shared.domain.desk.told_view import FollowView, NoticeView
from shared.domain.template import Template
from tests.support.asked import Refusal
from tests.support.house import NARROW
from tests.support.known_customer import PROFILE, narrow, talk
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card, line, moment
from tests.support.screens import LANGUAGES, LONG, open_to_everybody, whole

SUBJECT = "Rechnung 4711 – Donaudampfschifffahrtsgesellschaftskapitänsmütze, 환불 문의"


def known_customer(desk: LoneDesk, **options: Any) -> Page:
    """Pinned note, tags, value, addresses and the steps of the case."""
    page = talk(desk, **options)
    if narrow(page):
        page.locator(".to-card").click()
    page.locator(".pinned").wait_for()
    return page


def steps(desk: LoneDesk, **options: Any) -> Page:
    page = talk(desk, **options)
    page.locator(".steps summary").wait_for()
    page.locator(".steps details, details.steps").first.evaluate("node => { node.open = true; }")
    page.locator(".step").first.wait_for()
    return page


def editing(desk: LoneDesk, **options: Any) -> Page:
    page = known_customer(desk, **options)
    page.locator(".card-doors button").first.click()
    page.locator(".profile-form").wait_for()
    return page


def disputed(desk: LoneDesk, **options: Any) -> Page:
    """Somebody else changed the same meanwhile."""
    theirs = replace(PROFILE, version=4, company="Acme Holding", by_name="Agent Two", at=moment(5))
    desk.refusals["PUT /customers/C0/profile"] = Refusal(409, "profile_changed", "…", {"profile": theirs})
    page = editing(desk, **options)
    page.locator("[name=company]").fill("Acme Logistics")
    page.locator(".profile-form .primary").click()
    page.get_by_role("dialog").wait_for()
    return page


def abuse(desk: LoneDesk, **options: Any) -> Page:
    page = known_customer(desk, **options)
    page.locator(".card-doors button").nth(1).click()
    page.get_by_role("dialog").locator("[value=end]").check()
    return page


def palette(desk: LoneDesk, **options: Any) -> Page:
    found: dict[str, Any] = {
        "kind": "customer",
        "customer_id": "C0",
        "case_id": "",
        "name": LONG,
        "shown": "010-5555-0001",
    }
    found |= {"number": "", "state": "", "last_at": "2026-03", "tags": ["vip"]}
    case = {**found, "kind": "case", "case_id": "case-C0", "number": "7Q2M4X", "state": "open"}
    desk.answers["/find"] = {"items": [found, {**case, "last_at": moment(2)}], "next": "0.x"}
    desk.answers["/find/texts"] = {"hits": [], "next": "", "older": False}
    page = talk(desk, **options)
    page.keyboard.press("Control+k")
    page.locator("dialog [role=combobox]").fill("de")
    page.locator("dialog [role=option]").nth(2).wait_for()
    return page


def saved(desk: LoneDesk, **options: Any) -> Page:
    page = talk(desk, **options)
    page.locator(".tools button:visible").nth(1).click()
    page.locator(".tool-panel [role=option]").first.wait_for()
    return page


def emoji(desk: LoneDesk, **options: Any) -> Page:
    page = talk(desk, **options)
    page.locator(".tools button:visible").nth(2).click()
    page.locator(".tool-panel [role=option]").first.wait_for()
    return page


def template(desk: LoneDesk, **options: Any) -> Page:
    """Nothing else may go out any more."""
    text = "Hello {{1}}, your order {{2}} is on its way."
    desk.me["templates"] = [Template("sms", "order_on_its_way", "en", "utility", text, ("name", "order"))]
    ways = tuple(replace(one, window="template_only") for one in card("C0", 6).reply_channels)
    desk.cards["C0"] = replace(card("C0", 6), reply_channels=ways)
    page = talk(desk, **options)
    page.locator(".template select").select_option(index=1)
    page.locator(".template-fields input").first.fill("Minsu")
    return page


def listed(desk: LoneDesk, **options: Any) -> Page:
    """All that is open, with filters, and two chosen for an act."""
    first = ListItem("case-C0", "7Q2M4X", "C0", "Customer C0", "sms", "main", "waiting", "", "", moment(1),
                     moment(1), moment(3), "Where is my parcel?", "customer", ("delivery",), 5, 3,
                     )  # fmt: skip
    more = [replace(first, case_id=f"L{n}", number=f"K83RT{n}", customer_name=LONG) for n in range(4)]
    held = replace(first, case_id="L9", state="snoozed", snoozed_until=moment(900), waiting_since=None)
    page_of = ListPage((first, *more, held), None, 6)
    desk.answers |= {f"/lists/{name}": page_of for name in ("open", "waiting", "snoozed")}
    page = talk(desk, **options)
    if narrow(page):
        page.locator(".to-list").click()
    page.locator("[data-list=open]").click()
    page.locator(".list-row [type=checkbox]").nth(0).check()
    page.locator(".list-row [type=checkbox]").nth(1).check()
    return page


def told(desk: LoneDesk, **options: Any) -> Page:
    """What the bell opens."""
    what = ("C0", LONG, "case-C0", "7Q2M4X", "C0", 4, "B", "Agent Two", "Please look at the second parcel.")
    kinds = ("mention", "assigned", "stepped_in")
    desk.me["notices"] = [NoticeView(f"N{n}", kind, moment(n), *what) for n, kind in enumerate(kinds)]
    follow = FollowView("case-C1", "K83RTA", "C1", "박하늘", "email", "owned", "Agent Two", moment(6))
    desk.me["followed"] = [follow]
    page = talk(desk, **options)
    page.locator(".bell").click()
    page.locator(".told-row").last.wait_for()
    return page


def menu(desk: LoneDesk, **options: Any) -> Page:
    desk.agent = replace(desk.agent, name=LONG, groups=("agent", "supervisor"))
    page = talk(desk, **options)
    page.locator("summary.person").click()
    return page


def switches(desk: LoneDesk, **options: Any) -> Page:
    page = menu(desk, **options)
    page.locator(".menu-body button").first.click()
    page.get_by_role("dialog").wait_for()
    return page


def mail(desk: LoneDesk, **options: Any) -> Page:
    """A mail, and the answer to it in letters that are bold."""
    about = MailView(
        SUBJECT, "minsu@example.test", "help@centre.test", ("boss@example.test",), "", "> earlier"
    )
    desk.has("C0", 6)
    desk.lines["C0"][-2] = line(5, channel="email", mail=about)
    ways = tuple(
        replace(one, channel="email", address="minsu@example.test", display="minsu@example.test",
                to="minsu@example.test", subject=f"Re: {SUBJECT}", cc=("boss@example.test",))
        for one in card("C0", 6).reply_channels
    )  # fmt: skip
    desk.cards["C0"] = replace(card("C0", 6), reply_channels=ways)
    page = talk(desk, **options)
    page.locator(".tools button:visible").last.click()
    page.locator("[contenteditable]").click()
    page.keyboard.type("Dear Minsu, your parcel leaves today.")
    return page


SCREENS = (
    known_customer, steps, editing, disputed, abuse, palette, saved, emoji, template, listed, told, menu,
    switches, mail,
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_of_work_is_open_to_everybody(
    lone_desk: LoneDesk, screen: Callable[..., Page], language: str
) -> None:
    page = screen(lone_desk, locale=LANGUAGES[language])

    open_to_everybody(page, f"work-{screen.__name__}-{language}")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_of_work_fits_a_phone(lone_desk: LoneDesk, screen: Callable[..., Page]) -> None:
    page = screen(lone_desk, locale="ko-KR", viewport=NARROW)

    whole(page, f"work-{screen.__name__}-phone")
