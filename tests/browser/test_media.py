"""Pictures both ways, as people send and see them."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import violations
from tests.support.house import House
from tests.support.patience import PATIENCE
from tests.unit.adapters.test_file_type import png

pytestmark = pytest.mark.embedded
WIDTH = "image => image.complete && image.naturalWidth"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "차.png"
    path.write_bytes(png())
    return path


def seen(picture: Locator) -> None:
    """The picture itself is there, and not only its place."""
    expect(picture).to_be_visible()
    until = time.monotonic() + PATIENCE
    while not picture.evaluate(WIDTH):
        assert time.monotonic() < until, "the picture never came"


def opened(house: House) -> Page:
    page = house.visit("/chat", locale="ko-KR")
    page.locator("patchbay-chat button.launch").click()
    return page


def test_a_photo_sent_in_the_chat_is_seen_at_the_desk_and_one_sent_back_in_the_chat(
    house: House, photo: Path
) -> None:
    desk = house.desk(house.hire(locale="ko-KR"))
    page = opened(house)
    page.locator("patchbay-chat textarea").fill("안녕하세요")
    page.keyboard.press("Enter")
    desk.locator("pb-offers button.primary").click()
    expect(desk.locator("pb-talk textarea")).to_be_visible()

    page.locator("patchbay-chat input[type=file]").set_input_files(photo)
    seen(desk.locator("pb-timeline .from-customer .picture img"))

    seen(page.locator("patchbay-chat .mine img"))

    desk.locator("pb-composer input[type=file]").set_input_files(photo)
    expect(desk.locator("pb-composer .chip.there")).to_be_visible()
    desk.locator("pb-composer button[type=submit]").click()
    seen(page.locator("patchbay-chat .theirs img"))
    expect(desk.locator("pb-composer .chip")).to_have_count(0)
    assert violations(desk) == []


def test_a_picture_goes_by_mms_both_ways(house: House, photo: Path) -> None:
    desk, number = house.desk(house.hire()), house.number()
    phones = house.visit("/phone")
    phones.locator(".adder input").fill(number)
    phones.locator(".adder button").click()
    phone = phones.locator("local-phone").filter(has_text=number)
    phone.locator("input[type=file]").set_input_files(photo)
    seen(phone.locator(".mine img"))
    desk.locator("pb-offers button.primary").click()
    seen(desk.locator("pb-timeline .from-customer .picture img"))

    desk.locator("pb-composer input[type=file]").set_input_files(photo)
    expect(desk.locator("pb-composer .chip.there")).to_be_visible()
    desk.locator("pb-composer textarea").fill("Here you are")
    desk.locator("pb-composer button[type=submit]").click()
    seen(phone.locator("div:not(.mine) > img"))


def test_a_file_that_is_no_picture_is_offered_and_a_program_is_refused_with_a_sentence(
    house: House, tmp_path: Path
) -> None:
    desk, page = house.desk(house.hire()), opened(house)
    drawing, program = tmp_path / "drawing.svg", tmp_path / "program.exe"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    program.write_bytes(b"MZ" + bytes(60))
    page.locator("patchbay-chat input[type=file]").set_input_files(drawing)
    desk.locator("pb-offers button.primary").click()
    offered = desk.locator("pb-timeline .from-customer button.file")
    expect(offered).to_contain_text("drawing.svg")
    with desk.expect_download() as saved:
        offered.click()
    assert saved.value.suggested_filename == "drawing.svg"

    desk.locator("pb-composer input[type=file]").set_input_files(program)
    expect(desk.locator("pb-composer .chip.there")).to_be_visible()
    desk.locator("pb-composer button[type=submit]").click()
    expect(desk.locator(".line.pending .delivery.failed")).to_contain_text("it is a program")


def test_a_file_that_is_not_carried_says_so_and_holds_the_reply_until_it_is_removed(
    house: House, photo: Path
) -> None:
    desk, page = house.desk(house.hire(locale="en-GB")), opened(house)
    page.locator("patchbay-chat textarea").fill("Hello")
    page.keyboard.press("Enter")
    desk.locator("pb-offers button.primary").click()
    expect(desk.locator("pb-composer").get_by_role("button", name="Attach files")).to_be_visible()
    desk.locator("pb-composer input[type=file]").set_input_files(photo)
    expect(desk.locator("pb-composer .chip.there")).to_be_visible()

    sentence = "This channel carries no files. Answer on another channel."
    refusal = {"error": {"code": "no_files_there", "message": sentence}}
    desk.route("**/files", lambda route: route.fulfill(status=422, json=refusal))
    big = {"name": "big.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    desk.locator("pb-composer input[type=file]").set_input_files(big)  # type: ignore[arg-type]
    expect(desk.locator("pb-composer .chip.refused")).to_contain_text(sentence)
    desk.locator("pb-composer textarea").fill("Here")
    desk.locator("pb-composer button[type=submit]").click()
    expect(desk.locator("pb-composer [role=alert]")).to_contain_text("A file cannot go along")

    desk.locator("pb-composer .chip.refused button").click()
    desk.locator("pb-composer button[type=submit]").click()
    seen(page.locator("patchbay-chat .theirs img"))
