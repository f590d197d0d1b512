"""The mailbox in /phone: a mail to the centre, its answer, and the answer to that, as people see them."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import violations
from tests.support.house import House

pytestmark = pytest.mark.embedded


def test_a_mail_from_the_mailbox_is_answered_at_the_desk_and_answered_again(
    house: House, tmp_path: Path
) -> None:
    desk, page = house.desk(house.hire()), house.visit("/phone")
    page.locator(".adder input").fill("Eve@example.test")
    page.locator(".adder button").click()
    box = page.locator("local-mailbox").filter(has_text="eve@example.test")
    note = tmp_path / "note.txt"
    note.write_text("Lot 7")

    box.locator(".subject").fill("A question")
    box.locator("textarea").fill("Do you have it in blue?")
    box.locator("input[type=file]").set_input_files(note)
    box.locator("button[type=submit]").click()
    expect(box.locator("details.mine")).to_contain_text("note.txt")
    desk.locator("pb-offers button.primary").click()
    expect(desk.locator("pb-timeline .from-customer")).to_contain_text("Do you have it in blue?")

    desk.locator("pb-composer textarea").fill("Yes, we do.")
    desk.locator("pb-composer button[type=submit]").click()
    answer = box.locator("details:not(.mine):not(.quoted)").first
    expect(answer).to_contain_text("Yes, we do.")
    expect(answer).to_contain_text("Re: A question")

    answer.locator("button.answer").click()
    expect(box.locator(".about")).to_contain_text("Re: A question")
    box.locator("textarea").fill("Then I take two.")
    box.locator("button[type=submit]").click()
    expect(desk.locator("pb-timeline .from-customer").last).to_contain_text("Then I take two.")
    assert violations(page) == []


def test_what_is_neither_a_number_nor_an_address_is_said_to_be_none(house: House) -> None:
    page = house.visit("/phone", locale="ko-KR")

    page.locator(".adder input").fill("eve@")
    page.locator(".adder button").click()

    expect(page.locator(".adder .problem")).to_contain_text("이메일 주소")
