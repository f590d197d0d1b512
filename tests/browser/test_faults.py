"""What goes wrong around the pages: dead lines, refusals, a session's end. Nothing that was typed is lost."""

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.asked import Refusal
from tests.support.faults import REFUSED, SAYS, TYPED, sign_in_again
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import line

WRITTEN = "[...document.querySelectorAll('textarea')].map((one) => one.value)"
Edit = tuple[Locator, Locator]  # what is written in, and what sends it


def talk(desk: LoneDesk, **options: Any) -> Page:
    desk.has("C0", 4)
    page = desk.open(**options)
    page.locator(".work-item").first.click()
    page.locator("pb-timeline .line").last.wait_for()
    return page


def closing(page: Page) -> Edit:
    page.get_by_role("button", name="Close case").click()
    page.get_by_role("dialog").get_by_label("Solved").check()
    return page.locator("dialog textarea"), page.locator("dialog .primary")


def handing_on(page: Page) -> Edit:
    page.keyboard.press("Alt+G")
    page.get_by_role("dialog").get_by_label("Main").check()
    return page.locator("dialog textarea"), page.locator("dialog .primary")


def ending_abuse(page: Page) -> Edit:
    page.get_by_role("button", name="Abusive customer").click()
    page.locator("dialog [value=end]").check()
    return page.locator("dialog textarea"), page.locator("dialog .primary")


def customer(page: Page) -> Edit:
    page.get_by_role("button", name="Edit customer").click()
    return page.locator(".profile-form [name=pinned]"), page.locator(".profile-form .primary")


EDITS: dict[str, tuple[Callable[[Page], Edit], str]] = {
    "closing": (closing, "POST /cases/case-C0/close"),
    "handing on": (handing_on, "POST /cases/case-C0/transfer"),
    "abuse": (ending_abuse, "POST /cases/case-C0/abuse"),
    "customer": (customer, "PUT /customers/C0/profile"),
}


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize("edit", EDITS)
def test_a_refused_edit_says_why_and_keeps_what_was_typed(
    lone_desk: LoneDesk, edit: str, status: int
) -> None:
    begin, request = EDITS[edit]
    queue = {"name": "main", "label_en": "Main", "label_ko": "기본"}
    lone_desk.answers |= {"/colleagues": {"agents": [], "queues": [queue]}, request.split()[1]: {}}
    lone_desk.refusals[request] = REFUSED[status]
    field, send = begin(talk(lone_desk))
    field.fill(TYPED)
    send.click()

    expect(field.page.locator("form .problem", has_text=SAYS[status])).to_be_visible()
    expect(field).to_have_value(TYPED)
    del lone_desk.refusals[request]
    send.click()
    expect(field).to_have_count(0)
    bodies = [one.body for one in lone_desk.told if f"{one.method} {one.path}" == request]
    assert len(bodies) == 1 and TYPED in str(bodies)


@pytest.mark.parametrize("status", [429, 503])
def test_a_reply_that_cannot_go_is_tried_again_less_and_less_often_and_goes_once(
    lone_desk: LoneDesk, status: int
) -> None:
    path = "POST /cases/case-C0/notes"
    sent = line(5, kind="note_added", audience="staff", actor="agent:A", text=TYPED, delivery=None)
    lone_desk.answers["/cases/case-C0/notes"] = {"entry": sent}
    lone_desk.refusals[path] = REFUSED[status]
    page = talk(lone_desk, clock=True)
    note(page)

    expect(page.locator(".pending", has_text=TYPED)).to_be_visible()
    for _ in range(60):
        page.clock.run_for(10_000)
    tried = lone_desk.asked.count(path)
    assert 4 <= tried <= 15  # in ten minutes
    del lone_desk.refusals[path]
    page.clock.run_for(60_000)
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".line", has_text=TYPED)).to_have_count(1)
    assert lone_desk.asked.count(path) == tried + 1


def note(page: Page) -> None:
    page.keyboard.press("Alt+M")
    page.keyboard.type(TYPED)
    page.keyboard.press("Enter")


def test_a_refused_note_stays_with_its_reason_and_can_be_written_on(lone_desk: LoneDesk) -> None:
    lone_desk.refusals["POST /cases/case-C0/notes"] = REFUSED[409]
    page = talk(lone_desk)
    note(page)

    refused = page.locator(".pending", has_text=TYPED)
    expect(refused).to_contain_text(SAYS[409])
    refused.get_by_role("button", name=re.compile("Edit|Write")).click()
    expect(page.locator("pb-composer textarea")).to_have_value(TYPED)


def test_a_dead_line_is_told_and_what_it_missed_comes_once(lone_desk: LoneDesk) -> None:
    page = talk(lone_desk)
    expect(page.locator(".link[data-open=true]")).to_be_visible()
    lone_desk.refusals["/socket-ticket"] = Refusal(503)
    assert lone_desk.socket
    lone_desk.socket.close()
    expect(page.locator(".link[data-open=false]")).to_have_text("Reconnecting…")

    missed = line(5, text="Said while nobody listened")
    lone_desk.lines["C0"].append(missed)
    lone_desk.refusals.clear()
    expect(page.locator(".link[data-open=true]")).to_be_visible()
    expect(page.locator(".line", has_text=missed.text)).to_be_visible()
    lone_desk.push({"type": "entry", "entry": asdict(missed)})
    lone_desk.said("C0", text="And then this")
    expect(page.locator(".line", has_text="And then this")).to_be_visible()
    expect(page.locator(".line", has_text=missed.text)).to_have_count(1)


def test_without_a_line_the_desk_asks_by_itself(lone_desk: LoneDesk) -> None:
    lone_desk.refusals["/socket-ticket"] = Refusal(503)
    page = talk(lone_desk, clock=True)
    lone_desk.has("C1", 2)
    page.clock.run_for(21_000)

    expect(page.locator(".work-item", has_text="Customer C1")).to_be_visible()


def test_a_draft_outlives_the_session(lone_desk: LoneDesk) -> None:
    page = talk(lone_desk)
    page.locator("pb-composer textarea").fill(TYPED)
    lone_desk.signed_out = True
    page.locator("pb-top select").first.select_option("break")

    sign_in_again(page)
    expect(page.locator("pb-composer textarea")).to_have_value(TYPED)


def test_a_dialog_waits_under_the_form_for_who_signs_in_again(lone_desk: LoneDesk) -> None:
    lone_desk.answers["/cases/case-C0/close"] = {}
    page = talk(lone_desk)
    field, send = closing(page)
    field.fill(TYPED)
    lone_desk.signed_out = True
    send.click()

    sign_in_again(page)
    expect(field).to_have_value(TYPED)
    send.click()
    expect(page.locator("dialog")).to_have_count(0)
    assert lone_desk.told[-1].path != "/session" and TYPED in str([one.body for one in lone_desk.told])


def test_somebody_else_finds_nothing_of_it(lone_desk: LoneDesk) -> None:
    page = talk(lone_desk)
    field, send = closing(page)
    field.fill(TYPED)
    lone_desk.signed_out = True
    send.click()
    lone_desk.agent = replace(lone_desk.agent, id="B", name="Agent Two")

    sign_in_again(page)
    expect(page.locator(".person")).to_have_text("Agent Two")
    expect(page.locator("dialog")).to_have_count(0)
    assert TYPED not in page.content() + str(page.evaluate(WRITTEN))
