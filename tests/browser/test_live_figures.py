"""What a supervisor reads of a queue now and of its day so far, whichever comes first."""

from playwright.sync_api import expect

from tests.support.busy_day import day_figures
from tests.support.lone_staff import LoneStaff


def test_a_queue_shows_its_service_level_as_soon_as_the_days_figures_are_there(
    lone_supervisor: LoneStaff,
) -> None:
    lone_supervisor.answers["/figures"] = day_figures(True) | {"queues": {}}
    page = lone_supervisor.open()
    level = page.locator(".queue .facts div").filter(has_text="Service level today").first
    expect(level).to_contain_text("–")

    lone_supervisor.answers["/figures"] = day_figures(True)
    page.get_by_role("button", name="Today", exact=True).click()

    expect(level).to_contain_text("83.3%", timeout=3000)
