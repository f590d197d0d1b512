"""What goes wrong around the pages of supervisors and administrators. Nothing that was typed is lost."""

import re
from dataclasses import asdict, replace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.asked import Refusal
from tests.support.faults import REFUSED, SAYS, TYPED, sign_in_again
from tests.support.lone_admin import LoneAdmin
from tests.support.lone_page import line
from tests.support.lone_staff import LoneStaff


def looking(staff: LoneStaff, **options: Any) -> Page:
    staff.has("C0", 4)
    staff.answers["/cases/case-C0/supervised"] = {
        "entry": line(5, kind="note_added", audience="staff", actor="agent:S", text=TYPED, delivery=None)
    }
    page = staff.open(**options)
    page.locator("[data-look=case-C0]").click()
    page.locator("pb-look .line").last.wait_for()
    return page


NOTE = "pb-look textarea"


def test_a_supervisors_note_that_is_refused_stays_with_its_reason(lone_supervisor: LoneStaff) -> None:
    lone_supervisor.refusals["/cases/case-C0/supervised"] = REFUSED[409]
    page = looking(lone_supervisor)
    page.locator(NOTE).fill(TYPED)
    page.get_by_role("button", name="Save note").click()

    refused = page.locator("pb-look .pending", has_text=TYPED)
    expect(refused).to_contain_text(SAYS[409])
    refused.get_by_role("button", name=re.compile("Edit|Write")).click()
    expect(page.locator(NOTE)).to_have_value(TYPED)


@pytest.mark.parametrize("status", [429, 503])
def test_a_supervisors_note_that_cannot_go_is_tried_again_and_goes_once(
    lone_supervisor: LoneStaff, status: int
) -> None:
    sent = line(5, kind="note_added", audience="staff", actor="agent:S", text=TYPED, delivery=None)
    lone_supervisor.answers["/cases/case-C0/supervised"] = {"entry": sent}
    lone_supervisor.refusals["/cases/case-C0/supervised"] = REFUSED[status]
    page = looking(lone_supervisor, clock=True)
    page.locator(NOTE).fill(TYPED)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("pb-look .pending", has_text=TYPED)).to_be_visible()

    lone_supervisor.refusals.clear()
    page.clock.run_for(60_000)

    expect(page.locator("pb-look .pending")).to_have_count(0)
    expect(page.locator("pb-look .line", has_text=TYPED)).to_have_count(1)


@pytest.mark.parametrize("sent", [True, False])
def test_a_supervisor_goes_on_where_the_session_ended(lone_supervisor: LoneStaff, sent: bool) -> None:
    page = looking(lone_supervisor)
    page.locator(NOTE).fill(TYPED)
    lone_supervisor.signed_out = True
    if sent:
        page.get_by_role("button", name="Save note").click()
    else:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    sign_in_again(page)
    expect(page.locator(NOTE)).to_have_value(TYPED)


def test_a_supervisor_reads_on_after_a_dead_line(lone_supervisor: LoneStaff) -> None:
    page = looking(lone_supervisor)
    state = page.locator(".look-head [role=status]")
    expect(state).to_have_attribute("data-open", "true")
    lone_supervisor.refusals["/socket-ticket"] = Refusal(503)
    assert lone_supervisor.socket
    lone_supervisor.socket.close()
    expect(state).to_have_attribute("data-open", "false")

    lone_supervisor.lines["C0"].append(missed := line(5, text="Said while nobody listened"))
    lone_supervisor.refusals.clear()
    expect(state).to_have_attribute("data-open", "true")
    lone_supervisor.push({"type": "entry", "entry": asdict(missed)})
    expect(page.locator("pb-look .line", has_text=missed.text)).to_have_count(1)


def changed(admin: LoneAdmin) -> tuple[Page, Locator]:
    admin.full()
    page = admin.open()
    page.locator("#queues > ol > li > details > summary").first.click()
    field = page.locator("[data-path='queues.0.label_en'] input")
    field.fill(TYPED)
    return page, field


@pytest.mark.parametrize("status", [429, 503])
def test_settings_that_cannot_be_saved_now_stay(lone_admin: LoneAdmin, status: int) -> None:
    page, field = changed(lone_admin)
    lone_admin.refusals["PUT /settings"] = REFUSED[status]
    page.get_by_role("button", name="Check and save").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()

    expect(page.locator("dialog .problem")).to_contain_text(SAYS[status])
    expect(field).to_have_value(TYPED)
    lone_admin.refusals.clear()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".notice.well")).to_contain_text("Version 3")


def test_an_admin_goes_on_where_the_session_ended(lone_admin: LoneAdmin) -> None:
    page, field = changed(lone_admin)
    lone_admin.signed_out = True
    page.get_by_role("button", name="Check and save").click()

    sign_in_again(page)
    page.locator("#queues > ol > li > details > summary").first.click()
    expect(field).to_have_value(TYPED)
    page.get_by_role("button", name="Check and save").click()
    expect(page.locator("dialog .changes")).to_contain_text(TYPED)


def test_the_next_admin_begins_with_what_holds(lone_admin: LoneAdmin) -> None:
    page, field = changed(lone_admin)
    lone_admin.signed_out = True
    page.get_by_role("button", name="Check and save").click()
    lone_admin.agent = replace(lone_admin.agent, id="other", name="Other")

    sign_in_again(page)
    page.locator("#queues > ol > li > details > summary").first.click()
    expect(field).to_have_value("General")
