"""What an agent writes: counted before it is sent, never cut, and there again after a reload."""

import json
import re
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from tests.support.house import House, Staff
from tests.support.patience import soon
from tests.support.segment_cases import EMOJI, SEGMENT_CASES

pytestmark = pytest.mark.embedded
COUNTED = """async (texts) => {
    const files = performance.getEntriesByType("resource").map((one) => one.name);
    const { segments } = await import(files.find((name) => name.includes("/segments")));
    return texts.map(segments);
}"""
TEXT, SEND, COUNT = "pb-composer textarea", "pb-composer button.primary", "pb-composer .count"


def taken(house: House, agent: Staff, desk: Page, said: str, number: str = "") -> str:
    """A customer's SMS whose case the agent has taken and opened; the answer is the case's id."""
    house.sms(number or house.number(), said)
    soon(lambda: [one for one in agent.get("/me")["cases"] if one["last_text"] == said] or accepts(agent))
    desk.locator(".work-item", has_text=said).click()
    expect(desk.locator("pb-timeline")).to_contain_text(said)
    expect(desk.locator("pb-composer .way :checked")).to_have_count(1)
    return case_of(desk)


def accepts(agent: Staff) -> bool:
    """Whatever rings now; False, as the list is to be looked at again."""
    for offer in agent.get("/me")["offers"]:
        with suppress(AssertionError):  # it may just have run out
            agent.post(f"/offers/{offer['offer_id']}/accept", {})
    return False


def case_of(desk: Page) -> str:
    return desk.url.partition("#")[2].partition(".")[0]


def sent(desk: Page) -> list[str]:
    return desk.locator(".line.from-us .bubble").all_inner_texts()


def test_the_counter_says_what_the_carrier_bills_and_over_the_limit_nothing_is_sent(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    taken(house, agent, desk, "Count with me")
    text, count = desk.locator(TEXT), desk.locator(COUNT)

    expect(count).to_have_text("0 of 1,600 characters")
    texts = [written for written, _ in SEGMENT_CASES.values()]
    assert desk.evaluate(COUNTED, texts) == [number for _, number in SEGMENT_CASES.values()]
    for written in ("]" * 153, "가" * 66 + EMOJI + "가" * 66):
        text.fill(written)
        expect(count).to_have_text(f"{len(written)} of 1,600 characters · 3 × SMS")

    text.fill("가" * 1601)
    expect(count).to_contain_text("too long for SMS")
    desk.keyboard.press("Enter")
    expect(desk.locator("pb-composer [role=alert]")).to_contain_text("1,601 of 1,600 characters")
    desk.locator(SEND).click(force=True)  # it says that it is disabled
    expect(text).to_have_value("가" * 1601)
    assert sent(desk) == []

    # Decomposed, as macOS hands it over: counted as the centre keeps it.
    text.fill("한글" * 35 + "\u1112\u1161\u11ab")
    expect(count).to_have_text("71 of 1,600 characters · 2 × SMS")
    text.fill("Fits")
    desk.locator(SEND).click()
    expect(desk.locator(".line.from-us .bubble")).to_have_text("Fits")

    desk.locator("pb-composer .mode", has_text="Note").click()
    expect(count).to_have_text("0 of 4,000 characters")


def kept(page: Page) -> str:
    return json.dumps(page.evaluate("Object.entries({ ...sessionStorage, ...localStorage })"))


def test_drafts_survive_another_case_a_reload_and_a_session_that_ended_and_not_a_sign_out(
    house: House,
) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    first, second = (taken(house, agent, desk, said) for said in ("First one", "Second one"))
    text = desk.locator(TEXT)
    text.fill("For the second")
    desk.locator("pb-composer .mode", has_text="Note").click()
    expect(text).to_have_value("")
    text.fill("A note on the second")

    desk.locator(".work-item", has_text="First one").click()
    expect(text).to_have_value("")
    text.fill("For the first")
    desk.reload()

    expect(text).to_have_value("For the first")
    desk.locator(".work-item", has_text="Second one").click()
    expect(text).to_have_value("A note on the second")
    desk.locator("pb-composer .mode", has_text="Reply").click()
    expect(text).to_have_value("For the second")
    desk.keyboard.press("Enter")
    expect(desk.locator(".line.from-us:not(.pending) .bubble")).to_have_text("For the second")
    assert "For the second" not in kept(desk)
    assert "For the first" in kept(desk)

    desk.locator("summary.person").click()
    desk.locator("button", has_text="Sign out").click()
    desk.locator("pb-login, .login input[name=email]").first.wait_for()
    assert not re.search("For the first|A note on|First one|Second one", kept(desk))
    assert first != second


def test_keys_with_alt_write_in_a_text_field_and_act_outside_of_it(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    first, second = (taken(house, agent, desk, said) for said in ("First key", "Second key"))
    text = desk.locator(TEXT)
    text.fill("Typing")

    for key in ("Alt+KeyM", "Alt+KeyR", "Alt+KeyY", "Alt+KeyN", "Alt+ArrowDown"):
        desk.keyboard.press(key)
    assert case_of(desk) == second
    expect(desk.locator("pb-composer")).not_to_have_class(re.compile("noting"))
    expect(text).to_be_focused()

    desk.keyboard.press("Escape")
    desk.keyboard.press("Alt+KeyM")
    expect(desk.locator("pb-composer")).to_have_class(re.compile("noting"))
    desk.keyboard.press("Escape")
    desk.keyboard.press("Alt+ArrowDown")
    assert case_of(desk) == first


def test_how_long_a_customer_waits_goes_on_without_a_word_from_the_centre_and_past_midnight(
    house: House,
) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    number = house.number()
    taken(house, agent, desk, "How long", number)
    row, head = desk.locator(".work-item").first, desk.locator(".talk-head .waits")
    expect(head).to_contain_text("waiting for a reply since")
    desk.locator(TEXT).fill("Here I am")
    desk.keyboard.press("Enter")
    expect(head).to_have_count(0)
    house.sms(number, "And now?")
    expect(head).to_be_visible()
    desk.clock.install()
    desk.reload()
    expect(head).to_be_visible()
    # An answer that is still under way would bring the centre's clock with it.
    desk.wait_for_load_state("networkidle")
    desk.route("**/api/**", lambda route: route.abort())

    desk.clock.fast_forward("07:00")
    expect(row.locator(".work-wait")).to_have_text(re.compile("^Waits [78] min$"))
    desk.clock.fast_forward("24:00:00")
    expect(row.locator(".work-wait")).to_have_text(re.compile("^Waits 1 d 0 h$"))
    expect(row.locator(".work-time")).to_have_text(re.compile("^[0-9]+ [A-Z][a-z]+$"))
    expect(head).to_have_text(re.compile(r"since [0-9]+ [A-Z][a-z]+ [0-9:]+ \(1 d 0 h\)"))
