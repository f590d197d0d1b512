"""The screens of supervisors and the wall, in both languages, in light and dark, and on a phone.

A new screen is one function in SCREENS or WALLS. With PATCHBAY_SCREENS=folder pictures are kept there.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.asked import Refusal
from tests.support.busy_day import opened
from tests.support.house import NARROW
from tests.support.lone_page import card
from tests.support.lone_staff import LoneStaff, LoneWall
from tests.support.screens import LANGUAGES, LONG, open_to_everybody, whole


def sign_in(staff: LoneStaff, **options: Any) -> Page:
    return staff.open(signed_in=False, **options)


def empty(staff: LoneStaff, **options: Any) -> Page:
    staff.busy = False
    return full(staff, **options)


def full(staff: LoneStaff, **options: Any) -> Page:
    page = staff.open(**options)
    page.locator("pb-reports h2").wait_for()
    page.locator(".queue").first.wait_for()
    return page


def read_along(staff: LoneStaff, **options: Any) -> Page:
    """A conversation, read live."""
    staff.has("C0", 12)
    page = full(staff, **options)
    page.locator("[data-look=case-C0]").click()
    page.locator("pb-look .line").last.wait_for()
    return page


def stepped_in(staff: LoneStaff, **options: Any) -> Page:
    known = card("C0", 12)
    inside = tuple(replace(one, stepped_in={"S": "Supervisor One"}) for one in known.cases)
    staff.cards["C0"] = replace(known, cases=inside)
    page = read_along(staff, **options)
    page.locator("pb-look input[value=reply]").check()
    return page


def stepping_in(staff: LoneStaff, **options: Any) -> Page:
    page = read_along(staff, **options)
    page.locator(".look-doors button").first.click()
    page.get_by_role("dialog").wait_for()
    return page


def assigning(staff: LoneStaff, **options: Any) -> Page:
    page = read_along(staff, **options)
    page.locator(".look-doors button").last.click()
    page.get_by_role("dialog").wait_for()
    return page


def explained(staff: LoneStaff, **options: Any) -> Page:
    """A figure says how it is computed."""
    page = full(staff, **options)
    expect(page.locator("pb-figures .term").first).to_be_attached()
    page.locator("pb-figures .headline .term").nth(1).hover()
    page.get_by_role("tooltip").wait_for()
    return page


def day(staff: LoneStaff, **options: Any) -> Page:
    page = full(staff, **options)
    page.locator("pb-figures").scroll_into_view_if_needed()
    page.locator("pb-figures").evaluate("node => node.scrollIntoView()")
    return page


def unfolded(staff: LoneStaff, **options: Any) -> Page:
    """The ledger with all that was ignored."""
    page = full(staff, **options)
    page.locator("pb-ledger details").evaluate("node => { node.open = true; node.scrollIntoView(); }")
    return page


def why(staff: LoneStaff, **options: Any) -> Page:
    page = full(staff, **options)
    page.locator("pb-why input").fill("7Q2M4X")
    page.locator("pb-why button").click()
    page.locator("article.why").wait_for()
    return page


def waiting(staff: LoneStaff, **options: Any) -> Page:
    """Who waits in a queue, to be moved or given away."""
    page = full(staff, **options)
    page.locator("[data-focus='contacts:main']").click()
    page.locator("dialog tbody tr").last.wait_for()
    return page


def draining(staff: LoneStaff, **options: Any) -> Page:
    page = full(staff, **options)
    page.locator("[data-focus='drain:main']").click()
    page.get_by_role("dialog").wait_for()
    return page


def long_names(staff: LoneStaff, **options: Any) -> Page:
    staff.answers["/open"] = {"items": [replace(one, customer_name=LONG) for one in opened()], "next": None}
    staff.agent = replace(staff.agent, name=LONG)
    staff.cards["C0"] = replace(card("C0", 12), name=LONG)
    return read_along(staff, **options)


def no_network(staff: LoneStaff, **options: Any) -> Page:
    page = full(staff, **options)
    staff.offline = True
    page.locator("pb-open select").first.select_option("main")
    page.locator(".notice:not([hidden])").first.wait_for()
    return page


SCREENS = (
    sign_in, empty, full, read_along, stepped_in, stepping_in, assigning, explained, day, unfolded, why,
    waiting, draining, long_names, no_network,
)  # fmt: skip


def board(wall: LoneWall, **options: Any) -> Page:
    page = wall.open(**options)
    page.locator(".wall-figure").first.wait_for()
    return page


def nobody(wall: LoneWall, **options: Any) -> Page:
    wall.busy = False
    return board(wall, **options)


def lost(wall: LoneWall, **options: Any) -> Page:
    wall.refusals["/wall"] = Refusal(503)
    page = wall.open(**options)
    page.locator(".wall-status[data-lost=true]").wait_for()
    return page


WALLS = (sign_in, board, nobody, lost)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_of_supervisors_is_open_to_everybody(
    lone_supervisor: LoneStaff, screen: Callable[..., Page], language: str
) -> None:
    page = screen(lone_supervisor, locale=LANGUAGES[language])

    open_to_everybody(page, f"supervisor-{screen.__name__}-{language}")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_of_supervisors_fits_a_phone(
    lone_supervisor: LoneStaff, screen: Callable[..., Page]
) -> None:
    page = screen(lone_supervisor, locale="ko-KR", viewport=NARROW)

    whole(page, f"supervisor-{screen.__name__}-phone")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", WALLS, ids=lambda one: one.__name__)
def test_the_wall_is_open_to_everybody(
    lone_wall: LoneWall, screen: Callable[..., Page], language: str
) -> None:
    page = screen(lone_wall, locale=LANGUAGES[language], viewport={"width": 1920, "height": 1080})

    open_to_everybody(page, f"wall-{screen.__name__}-{language}")


@pytest.mark.parametrize("screen", WALLS, ids=lambda one: one.__name__)
def test_the_wall_fits_a_phone(lone_wall: LoneWall, screen: Callable[..., Page]) -> None:
    page = screen(lone_wall, locale="ko-KR", viewport=NARROW)

    whole(page, f"wall-{screen.__name__}-phone")
