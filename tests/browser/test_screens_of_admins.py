"""The screens of administrators, in both languages, in light and dark, and on a phone.

A new screen is one function in SCREENS. With PATCHBAY_SCREENS=folder a picture of each is kept there.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from shared.domain.settings.document import Document
from tests.support.configured import configured
from tests.support.full_settings import FULL, full_document
from tests.support.house import NARROW
from tests.support.lone_admin import LoneAdmin
from tests.support.screens import LANGUAGES, LONG, open_to_everybody, whole

SECTIONS = ("queues", "agents", "saved_replies", "guides", "fields", "dispositions", "rules", "profiles")


def sign_in(admin: LoneAdmin, **options: Any) -> Page:
    return admin.open(signed_in=False, **options)


def empty(admin: LoneAdmin, **options: Any) -> Page:
    """Before the first version."""
    page = admin.open(**options)
    page.locator("pb-history .empty").wait_for()
    return page


def full(admin: LoneAdmin, **options: Any) -> Page:
    admin.full()
    page = admin.open(**options)
    page.locator("pb-history .version").first.wait_for()
    page.locator("pb-channels tbody tr").first.wait_for()
    return page


def section(key: str) -> Callable[..., Page]:
    """The last thing of a section is open."""

    def opened(admin: LoneAdmin, **options: Any) -> Page:
        page = full(admin, **options)
        last = page.locator(f"#{key} li > details > summary").nth(min(1, _count(page, key) - 1))
        last.click()
        return _at(page, key)

    opened.__name__ = key
    return opened


def _count(page: Page, key: str) -> int:
    return page.locator(f"#{key} > ol > li").count()


def _at(page: Page, key: str) -> Page:
    page.locator(f"#{key}").evaluate("node => node.scrollIntoView()")
    return page


def of_desk(admin: LoneAdmin, **options: Any) -> Page:
    return _at(full(admin, **options), "desk")


def hours(admin: LoneAdmin, **options: Any) -> Page:
    return _at(full(admin, **options), "hours")


def channels(admin: LoneAdmin, **options: Any) -> Page:
    return _at(full(admin, **options), "channels")


def history(admin: LoneAdmin, **options: Any) -> Page:
    return _at(full(admin, **options), "history")


def changed(page: Page) -> Page:
    """Two fields of the queue that is open are written in."""
    page.locator("#queues > ol > li > details > summary").first.click()
    page.locator("[data-path='queues.0.label_en'] input").fill("Anything else")
    page.locator("[data-path='queues.0.priority'] input").fill("4")
    return page


def review(page: Page) -> Page:
    page.locator(".top .primary").click()
    return page


def differences(admin: LoneAdmin, **options: Any) -> Page:
    """What a save would change, before it is saved."""
    page = review(changed(full(admin, **options)))
    page.locator("dialog .changes li").last.wait_for()
    return page


def refused(admin: LoneAdmin, **options: Any) -> Page:
    """What is wrong stands at its field."""
    page = changed(full(admin, **options))
    page.locator("[data-path='queues.0.priority'] input").fill("12")
    review(page)
    page.locator("[data-path='queues.0.priority'] .mistake").wait_for()
    return page


def stale(admin: LoneAdmin, **options: Any) -> Page:
    """Somebody else saved meanwhile."""
    page = changed(full(admin, **options))
    configured(admin.world, Document(replace(FULL, name="Patchbay 2"), replies=full_document().replies))
    review(page)
    page.locator("dialog .changes li").first.wait_for()
    return page


def saved(admin: LoneAdmin, **options: Any) -> Page:
    page = differences(admin, **options)
    page.locator("dialog .primary").click()
    page.locator(".notice.well:not([hidden])").wait_for()
    return page


def taking_up(admin: LoneAdmin, **options: Any) -> Page:
    page = full(admin, **options)
    page.locator(".version button").first.click()
    page.get_by_role("dialog").wait_for()
    return page


def auditor(admin: LoneAdmin, **options: Any) -> Page:
    """Who reads alone sees all and changes nothing."""
    admin.agent = replace(admin.agent, groups=("auditor",))
    return full(admin, **options)


def long_names(admin: LoneAdmin, **options: Any) -> Page:
    admin.agent = replace(admin.agent, name=LONG)
    queues = tuple(replace(one, label_ko=LONG, label_en=LONG) for one in FULL.queues)
    configured(admin.world, replace(full_document(), centre=replace(FULL, queues=queues)))
    page = admin.open(**options)
    page.locator("pb-channels tbody tr").first.wait_for()
    return page


def no_network(admin: LoneAdmin, **options: Any) -> Page:
    page = changed(full(admin, **options))
    admin.offline = True
    review(page)
    page.locator(".notice:not([hidden], .well)").wait_for()
    return page


SCREENS = (
    sign_in, empty, full, *map(section, SECTIONS), of_desk, hours, channels, history, differences, refused,
    stale, saved, taking_up, auditor, long_names, no_network,
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_of_admins_is_open_to_everybody(
    lone_admin: LoneAdmin, screen: Callable[..., Page], language: str
) -> None:
    page = screen(lone_admin, locale=LANGUAGES[language])

    open_to_everybody(page, f"admin-{screen.__name__}-{language}")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_a_screen_of_admins_fits_a_phone(lone_admin: LoneAdmin, screen: Callable[..., Page]) -> None:
    page = screen(lone_admin, locale="ko-KR", viewport=NARROW)

    whole(page, f"admin-{screen.__name__}-phone")
