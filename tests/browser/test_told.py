"""Who is mentioned is told; a case is followed; guided steps are ticked; the desk rings, and says how."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from infra.local.centre import Centre
from infra.settings_file import read
from shared.domain.declared import Guide, GuideStep
from shared.domain.settings.document import Document
from tests.browser.conftest import OFFER_SECONDS
from tests.support.browser import violations
from tests.support.desk_scene import replies, takes
from tests.support.house import NARROW, House
from tests.support.in_force import put_in_force
from tests.support.patience import soon

pytestmark = pytest.mark.embedded
ENGLISH = {"locale": "en-GB"}
STEPS = (
    GuideStep("verify", "본인 확인", "Verify who it is"),
    GuideStep("promise", "도착일 안내", "Promise a day"),
)
# What the page would sound and show is written down; the page is told that somebody looks elsewhere.
HEARD = """
window.heard = []; window.shown = [];
AudioContext.prototype.createOscillator = (make => function () {
  heard.push(performance.now()); return make.call(this);
})(AudioContext.prototype.createOscillator);
window.Notification = class {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, more) { shown.push([title, more.body]); shown.last = this; }
  close() {}
};
document.hasFocus = () => !window.away;
"""


@pytest.fixture
def guided(centre: Centre) -> Iterator[None]:
    usual = replace(read(), offer_seconds=OFFER_SECONDS)
    put_in_force(centre, Document(replace(usual, guides=(Guide("Parcel", STEPS),))))
    yield
    put_in_force(centre, Document(usual), wait=False)


def note(desk: Page, text: str, choose: str) -> None:
    """A note whose text ends with the beginning of a colleague's name, which is then chosen."""
    desk.locator("[name=mode][value=note]").check()
    field = desk.locator("pb-composer textarea")
    field.press_sequentially(text)
    expect(desk.get_by_role("option", name=choose)).to_be_visible()
    desk.keyboard.press("Enter")
    expect(field).to_have_value(f"{text.rpartition('@')[0]}@{choose} ")
    assert violations(desk) == []
    desk.keyboard.press("Enter")


def test_who_is_mentioned_sees_it_at_once_and_reads_the_line(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, other = house.desk(one), house.desk(two, "break")
    house.sms(house.number(), "Where is my parcel?")
    takes(desk)
    number = two.name.split()[1]

    note(desk, f"Do you know this, @{number}", two.name)

    expect(other.locator(".bell-count")).to_have_text("1")
    expect(other).to_have_title("(1) Desk – Patchbay")
    other.locator("pb-bell button").click()
    expect(other.locator(".told-row")).to_contain_text(f"{one.name} mentions you in case")
    assert violations(other) == []
    other.keyboard.press("Enter")
    expect(other.locator(".line.note.to-me")).to_contain_text(f"@{two.name}")
    expect(other.locator(".bell-count")).to_have_text("")
    soon(lambda: two.get("/me")["notices"] == [])


def test_an_at_in_the_middle_of_a_word_or_in_a_reply_calls_nobody(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk = house.desk(one)
    house.desk(two)
    house.sms(house.number(), "Hello")
    takes(desk)

    desk.locator("pb-composer textarea").press_sequentially("Write to @Staff")
    expect(desk.locator(".mentions")).to_have_count(0)
    desk.locator("[name=mode][value=note]").check()
    desk.locator("pb-composer textarea").press_sequentially("ana@Staff")

    expect(desk.locator(".mentions")).to_have_count(0)


def test_a_followed_case_tells_of_its_customer_until_it_is_looked_at(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk, number = house.desk(one), house.number()
    house.sms(number, "Where is my parcel?")
    takes(desk)
    address = desk.url
    other = house.desk(two, "break")
    other.goto(address)
    other.get_by_role("button", name="Follow", exact=True).click()
    expect(other.get_by_role("button", name="Stop following")).to_be_visible()
    other.evaluate("history.replaceState(null, '', '/desk')")
    other.reload()

    other.locator("pb-bell button").wait_for()
    house.sms(number, "Are you there?")

    expect(other.locator(".bell-count")).to_have_text("1")
    other.locator("pb-bell button").click()
    expect(other.locator(".told-follow")).to_contain_text(f"with {one.name}")
    other.set_viewport_size(NARROW)
    assert violations(other) == []
    other.locator(".told-follow .told-row").click()
    expect(other.locator(".line.from-customer").last).to_contain_text("Are you there?")
    expect(other.locator(".bell-count")).to_have_text("")


@pytest.mark.usefixtures("guided")
def test_steps_are_ticked_by_keyboard_and_two_agents_see_the_same(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(locale="ko-KR")
    desk = house.desk(one)
    house.sms(house.number(), "Where is my parcel?")
    takes(desk)
    other = house.desk(two, "break")
    other.goto(desk.url)

    desk.get_by_role("checkbox", name="Verify who it is").focus()
    desk.keyboard.press("Space")

    expect(desk.locator("pb-steps summary")).to_contain_text("Guide: 1 of 2")
    expect(desk.locator(".event.step_ticked")).to_contain_text("Verify who it is: done")
    expect(desk.get_by_role("checkbox", name="Verify who it is")).to_be_focused()
    expect(other.get_by_role("checkbox", name="본인 확인")).to_be_checked()
    other.get_by_role("checkbox", name="도착일 안내").check()
    expect(desk.locator("pb-steps summary")).to_contain_text("Guide: 2 of 2")
    assert violations(other) == []


def test_one_of_two_tabs_sounds_for_an_offer_and_a_storm_rings_once(house: House) -> None:
    agent = house.hire(**ENGLISH)
    agent.context.add_init_script(HEARD)
    desk = house.desk(agent)
    desk.locator("pb-bell button").wait_for()
    second = agent.context.new_page()
    second.goto("/desk")
    second.locator("pb-bell button").wait_for()
    for page in (desk, second):
        page.keyboard.press("Shift")
    house.sms(house.number(), "Hello")

    expect(desk).to_have_title("(1) Offer – Patchbay")
    expect(second).to_have_title("(1) Offer – Patchbay")

    def sounds() -> int:
        return int(desk.evaluate("heard.length")) + int(second.evaluate("heard.length"))

    soon(lambda: sounds() > 0)
    takes(desk)
    replies(desk, "Hello")

    assert sounds() == 2  # the two notes of one tune
    assert desk.evaluate("shown") == second.evaluate("shown") == []


def test_a_message_shows_as_a_notification_without_its_text_unless_that_is_wanted(house: House) -> None:
    agent = house.hire(**ENGLISH)
    agent.context.add_init_script(HEARD)
    desk, number = house.desk(agent), house.number()
    house.sms(number, "Hello")
    takes(desk)
    replies(desk, "Hello")

    desk.evaluate("window.away = true")
    house.sms(number, "My secret")
    soon(lambda: desk.evaluate("shown.length") == 1)
    desk.evaluate("window.away = false")
    desk.locator("summary.person").click()
    desk.get_by_role("button", name="Notifications and sounds").click()
    desk.get_by_role("checkbox", name="Show what was said").check()
    assert violations(desk) == []
    desk.locator("dialog button.primary").click()
    expect(desk.locator("dialog")).to_have_count(0)
    desk.evaluate("window.away = true")
    house.sms(number, "My parcel")
    soon(lambda: desk.evaluate("shown.length") == 2)

    (first, second) = desk.evaluate("shown")
    assert (first[0].startswith("New message in your case "), first[1]) == (True, "")
    assert second[1] == "My parcel"
    assert "text" in agent.get("/me")["desk"]["told"]


def test_a_browser_that_blocks_notifications_is_told_what_is_left(house: House) -> None:
    agent = house.hire(**ENGLISH)
    agent.context.add_init_script(HEARD + 'Notification.permission = "denied";')
    desk = house.desk(agent)

    desk.locator("summary.person").click()
    desk.get_by_role("button", name="Notifications and sounds").click()

    expect(desk.locator("dialog")).to_contain_text("Sound, title and icon still tell you.")
    expect(desk.get_by_role("button", name="Allow desktop notifications")).to_be_hidden()


def test_a_colleague_who_left_is_answered_with_a_sentence_and_the_queue(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk = house.desk(one)
    house.sms(house.number(), "Please help")
    takes(desk)
    house.desk(two, "break")
    desk.get_by_role("button", name="Hand on").click()
    dialog = desk.locator("dialog")
    dialog.get_by_role("radio", name=two.name).check()
    dialog.locator("button.primary").click()
    expect(dialog.locator(".problem")).to_contain_text("Write the reason")
    dialog.locator("textarea").fill("Wants a refund")
    assert two.goes("offline")

    dialog.locator("button.primary").click()

    expect(dialog.locator(".problem")).to_contain_text("is chosen now: press Go again")
    expect(dialog.get_by_role("radio", name="Queue main")).to_be_checked()
    expect(dialog.get_by_role("radio", name=two.name)).to_have_count(0)
    dialog.locator("button.primary").click()
    expect(dialog).to_have_count(0)


def test_who_comes_back_appears_in_the_list_that_is_open(house: House) -> None:
    one, two = house.hire(**ENGLISH), house.hire(**ENGLISH)
    desk = house.desk(one)
    house.sms(house.number(), "Please help")
    takes(desk)
    desk.get_by_role("button", name="Hand on").click()
    dialog = desk.locator("dialog")
    dialog.get_by_role("radio", name="Queue main").check()
    expect(dialog.get_by_role("radio", name=two.name)).to_have_count(0)

    house.desk(two)

    expect(dialog.get_by_role("radio", name=two.name)).to_be_visible()
    expect(dialog.get_by_role("radio", name="Queue main")).to_be_checked()
    expect(dialog.get_by_role("radio", name="Queue main")).to_be_focused()
