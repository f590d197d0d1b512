"""Around a reply: saved replies by any word, empty places, emoji by name, files, second thoughts."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.centre import Centre
from infra.settings_file import read
from shared.domain.declared import Undo
from shared.domain.saved_reply import SavedReply
from shared.domain.settings.document import Document
from tests.browser.conftest import OFFER_SECONDS
from tests.browser.test_composer import SEND, TEXT, taken
from tests.support.desk_scene import Visitor, takes
from tests.support.house import House
from tests.support.in_force import put_in_force

pytestmark = pytest.mark.embedded
PANEL = "pb-composer .tool-panel"
TEAM = (
    SavedReply(
        "delivery", "배송", "Delivery day", "{customer} 님, {day}", "{customer}, it arrives on {day}."
    ),
    SavedReply("moment", "확인", "One moment", "잠시만요", "One moment, please."),
)


@pytest.fixture(scope="module")
def holding(centre: Centre) -> Iterator[None]:
    """The centre holds what goes by chat, and has saved replies; afterwards it is as it was."""
    plain = replace(read(), offer_seconds=OFFER_SECONDS)
    put_in_force(centre, Document(replace(plain, undo=(Undo("chat", 30),)), replies=TEAM))
    yield
    put_in_force(centre, Document(plain), wait=False)


def picks(desk: Page, word: str) -> None:
    """A saved reply by a word of it, with the keyboard alone."""
    desk.locator(TEXT).press("/")
    expect(desk.locator(f"{PANEL} input")).to_be_focused()
    desk.keyboard.type(word)
    expect(desk.locator(f"{PANEL} [role=option]")).to_have_count(1)
    desk.keyboard.press("Enter")


@pytest.mark.usefixtures("holding")
def test_a_saved_reply_is_found_filled_and_not_sent_with_an_empty_place(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    taken(house, agent, desk, "Where is it?")

    picks(desk, "arriv")
    expect(desk.locator(TEXT)).to_have_value("{customer}, it arrives on {day}.")  # a number is no name
    expect(desk.locator(TEXT)).to_be_focused()
    desk.keyboard.type("Minsu")
    desk.locator(TEXT).press("Enter")
    expect(desk.locator("pb-composer p.problem")).to_contain_text("day")

    desk.keyboard.press("Tab")
    desk.keyboard.type("Friday :tada")
    expect(desk.locator(".emoji-names [role=option]").first).to_be_visible()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")

    expect(desk.locator(".line.from-us:not(.pending) .bubble")).to_have_text(
        "Minsu, it arrives on Friday 🎉."
    )


@pytest.mark.usefixtures("holding")
def test_a_reply_is_taken_back_and_written_on(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    visitor = Visitor(house)
    visitor.says("Hello there")
    takes(desk)

    desk.locator(TEXT).fill("Wrong words")
    expect(desk.locator(SEND)).to_have_attribute("aria-disabled", "false")
    desk.locator(TEXT).press("Enter")
    desk.locator("button.undo").click()

    expect(desk.locator(".line.withdrawn")).to_contain_text("Wrong words")
    expect(desk.locator(TEXT)).to_have_value("Wrong words")
    expect(desk.locator(TEXT)).to_be_focused()
    desk.locator(TEXT).fill("Right words")
    desk.locator(TEXT).press("Enter")
    expect(visitor.page.locator("patchbay-chat .log")).to_contain_text("Right words")
    expect(visitor.page.locator("patchbay-chat .log")).not_to_contain_text("Wrong words")


def types_on(field: Locator, seen: Locator) -> None:
    """A letter a second until the other side shows it: what was told before they listened is lost."""
    for _ in range(30):
        field.press_sequentially("a")
        field.page.wait_for_timeout(1000)
        if seen.count() and seen.inner_text():
            return


@pytest.mark.usefixtures("holding")
def test_each_side_sees_that_the_other_one_writes(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    visitor = Visitor(house)
    visitor.says("Hello again")
    takes(desk)

    state = visitor.page.locator("patchbay-chat .state")
    types_on(desk.locator(TEXT), state)
    expect(state).to_have_text(re.compile("typing|입력 중"))
    types_on(visitor.page.locator("patchbay-chat textarea"), desk.locator("p.typing"))
    expect(desk.locator("p.typing")).to_contain_text("is typing")
    expect(desk.locator("p.typing")).to_have_count(0)


@pytest.mark.usefixtures("holding")
def test_files_are_dropped_pasted_and_refused_before_they_are_sent(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    taken(house, agent, desk, "Send me something")
    give = """([where, what, name, size]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(size)], name, { type: "image/png" }));
        const node = document.querySelector(where);
        const told = { bubbles: true, cancelable: true };
        node.dispatchEvent(what === "paste" ? new ClipboardEvent(what, { clipboardData: data, ...told })
          : new DragEvent(what, { dataTransfer: data, ...told }));
    }"""
    asked: list[str] = []
    desk.on("request", lambda one: asked.append(one.url) if one.url.endswith("/files") else None)

    desk.evaluate(give, [TEXT, "paste", "pasted.png", 0])
    expect(desk.locator(".chip.refused")).to_contain_text("It is empty")
    desk.evaluate(give, [TEXT, "paste", "large.png", 26 * 1024 * 1024])
    expect(desk.locator(".chip.refused")).to_have_count(2)
    assert asked == []

    desk.evaluate(give, [".timeline", "drop", "dropped.png", 900])
    expect(desk.locator(".chip.there", has_text="dropped.png")).to_have_count(1)
    assert len(asked) == 1
    desk.locator(TEXT).fill("Here it is")
    desk.locator(SEND).click()
    expect(desk.locator("pb-composer p.problem")).to_be_visible()
    for _ in range(2):
        desk.locator(".chip.refused button", has_text="×").first.click()
    expect(desk.locator(TEXT)).to_be_focused()
    expect(desk.locator(".chip.refused")).to_have_count(0)
