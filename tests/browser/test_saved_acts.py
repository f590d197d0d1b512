"""What a saved reply does besides waits until the reply has left: taken back, nothing of it is done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.domain.times import iso
from tests.support.asked import Asked
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import line

SOLVED = SavedReply("bye", "끝", "Goodbye", "안녕히 가세요", "Goodbye", (ReplyAction("close", "solved"),))
CASE = "/cases/case-C0"
HELD_SECONDS = 20


@pytest.fixture
def desk(lone_desk: LoneDesk) -> LoneDesk:
    lone_desk.has("C0", 3)
    lone_desk.me = {"undo": {"sms": HELD_SECONDS}}
    lone_desk.answers = {
        "/saved-replies": {"own": [], "team": [SOLVED], "centre": "Patchbay"},
        f"{CASE}/replies": held,
        f"{CASE}/withdraw": {"entry": line(5, kind="reply_withdrawn", facts={"reply_seq": 4})},
        f"{CASE}/close": {},
    }
    return lone_desk


def held(asked: Asked) -> Any:
    until = iso(datetime.now(UTC) + timedelta(seconds=HELD_SECONDS))
    return {"entry": line(4, text=asked.body["text"], delivery="held", held_until=until)}


def says_goodbye(desk: LoneDesk) -> Page:
    page = desk.open(clock=True)
    page.locator("pb-work .work-item").first.click()
    page.locator("pb-composer textarea").press("/")
    page.keyboard.type("goodb")
    expect(page.locator("pb-composer [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("pb-composer .chip")).to_contain_text("then:")
    page.keyboard.press("Enter")
    expect(page.locator("button.undo")).to_be_visible()
    return page


def closings(desk: LoneDesk) -> int:
    return desk.asked.count(f"POST {CASE}/close")


def test_a_case_is_closed_once_the_reply_has_left_and_not_before(desk: LoneDesk) -> None:
    page = says_goodbye(desk)
    page.clock.run_for(HELD_SECONDS * 1000 - 2000)
    assert closings(desk) == 0

    with page.expect_response(f"**{CASE}/close"):
        page.clock.run_for(6000)

    assert closings(desk) == 1


def test_a_reply_that_was_taken_back_closes_nothing_and_still_would(desk: LoneDesk) -> None:
    page = says_goodbye(desk)
    page.locator("button.undo").click()
    expect(page.locator("pb-composer textarea")).to_have_value("Goodbye")
    expect(page.locator("pb-composer .chip")).to_contain_text("then:")

    page.clock.run_for(HELD_SECONDS * 2000)

    assert closings(desk) == 0


def test_a_reload_forgets_nothing_of_it(desk: LoneDesk) -> None:
    page = says_goodbye(desk)
    page.reload()
    page.locator("pb-work .work-item").first.wait_for()

    with page.expect_response(f"**{CASE}/close"):
        page.clock.run_for(HELD_SECONDS * 2000)

    assert closings(desk) == 1
