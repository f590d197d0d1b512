"""The admin's page: settings are changed in forms, checked, compared, saved, and taken up again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.house import House

pytestmark = pytest.mark.embedded


@pytest.fixture
def page(house: House) -> Iterator[Page]:
    """The settings as they were before are taken up again afterwards: other tests share the centre."""
    admin = house.hire("admin", locale="en-GB")
    before = admin.get("/settings")["n"]
    made = admin.context.new_page()
    made.goto("/admin")
    expect(made.locator("#queues summary").first).to_be_visible()
    yield made
    now = admin.get("/settings")["n"]
    admin.post("/settings/rollback", {"n": before, "based_on": now})


def add(page: Page, part: str, **fields: str) -> None:
    page.locator(f"#{part} > .section-head button").click()
    form = page.locator(f"#{part} .items > li:last-child")
    for label, value in fields.items():
        form.get_by_label(label.replace("_", " "), exact=False).first.fill(value)


def review(page: Page) -> None:
    page.get_by_role("button", name="Check and save…").click()


def save(page: Page) -> None:
    review(page)
    page.locator("dialog .primary").click()
    expect(page.locator(".notice.well")).to_contain_text("holds within 10 seconds")


def test_a_skill_and_a_queue_that_needs_it_are_compared_and_saved(page: Page) -> None:
    add(page, "skills", Name="english")
    add(page, "queues", Name="abroad")
    queue = page.locator("#queues .items > li:last-child")
    queue.locator("label.amount", has_text="english").locator("select").select_option("3")
    queue.get_by_label("Priority", exact=False).first.fill("2")

    review(page)

    lines = page.locator("dialog .changes li")
    expect(lines.filter(has_text="queue abroad: added (2; english 3")).to_have_count(1)
    expect(lines.filter(has_text="skill english: added")).to_have_count(1)
    page.locator("dialog .primary").click()
    expect(page.locator(".notice.well")).to_contain_text("holds within 10 seconds")
    page.reload()
    expect(page.locator("#queues summary", has_text="abroad")).to_contain_text("priority 2 · english 3")
    expect(page.locator("#history .version").first).to_contain_text("in force")


def test_what_is_wrong_is_shown_at_its_field_which_has_the_focus_and_nothing_is_saved(page: Page) -> None:
    add(page, "queues", Name="not plain!")

    review(page)

    wrong = page.locator("#queues .items > li:last-child").get_by_label("Name", exact=False).first
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_be_focused()
    expect(page.locator("#queues .problem .mistake")).to_contain_text("cannot be a name")
    expect(page.locator(".notice")).to_contain_text("Nothing was saved. What is wrong is marked: 1.")
    assert page.locator("dialog").count() == 0


def test_everything_of_a_queue_can_be_said_with_the_keyboard(page: Page) -> None:
    add(page, "profiles", Name="helpers")
    page.locator("#profiles .items > li:last-child").get_by_label("main").check()
    page.locator("#queues summary").first.press("Enter")
    queue = page.locator("#queues .items > li").first

    rings = queue.get_by_role("group", name="Rings: who else may serve later")
    rings.get_by_role("button", name="Add").press("Enter")
    expect(rings.get_by_label("After (seconds)")).to_be_focused()
    rings.get_by_label("helpers").press("Space")
    queue.get_by_label("Hours of its own").press("Space")
    queue.get_by_label("Closed on public holidays of").fill("KR")

    review(page)
    expect(page.locator("dialog .changes")).to_contain_text("rings – → 30 s +helpers")
    expect(page.locator("dialog .changes")).to_contain_text("hours – → mon-fri 09:00-18:00; KR")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_an_overflow_begins_with_another_queue_than_its_own(page: Page) -> None:
    add(page, "queues", Name="abroad")
    page.locator("#queues summary").first.click()
    queue = page.locator("#queues .items > li").first

    queue.get_by_label("Contacts move to another queue").check()

    expect(queue.get_by_label("To the queue")).to_have_value("abroad")
    expect(queue.get_by_label("To the queue").locator("option")).to_have_count(1)


def test_a_save_after_somebody_elses_shows_what_they_changed(house: House, page: Page) -> None:
    other = house.hire("admin", locale="en-GB")
    told = other.get("/settings")
    centre = told["centre"] | {"acw_seconds": 45}
    other.put("/settings", {"centre": centre, "agents": told["agents"], "based_on": told["n"]})
    page.get_by_label("After-contact work (seconds)").fill("90")

    review(page)

    expect(page.locator("dialog h2")).to_have_text("Somebody else saved meanwhile")
    expect(page.locator("dialog .changes")).to_contain_text("acw seconds 60 → 45")
    page.get_by_role("button", name="Load the newest").click()
    expect(page.get_by_label("After-contact work (seconds)")).to_have_value("45")


def test_an_older_version_is_taken_up_again(page: Page) -> None:
    page.get_by_label("After-contact work (seconds)").fill("30")
    save(page)

    page.locator("#history .version").nth(1).get_by_role("button").click()
    expect(page.locator("dialog .changes li")).to_have_text(["centre: acw seconds 30 → 60"])
    page.locator("dialog .primary").click()

    expect(page.locator(".notice.well")).to_contain_text("holds within 10 seconds")
    expect(page.get_by_label("After-contact work (seconds)")).to_have_value("60")
    expect(page.locator("#history .version").first).to_contain_text("takes up version")


def test_who_is_no_admin_is_told_so(house: House) -> None:
    page = house.hire("supervisor", locale="ko-KR").context.new_page()
    page.goto("/admin")

    expect(page.locator("main .empty")).to_contain_text("시스템 관리자용")
