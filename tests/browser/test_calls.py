"""A telephone call on the desk: who is on the line, what can be done with it, and by keys alone."""

import re

from playwright.sync_api import Page, expect

from tests.support.asked import Refusal
from tests.support.browser import violations
from tests.support.hands import Hands
from tests.support.house import NARROW
from tests.support.lone_call import LoneCall, leg
from tests.support.lone_desk import LoneDesk

LINE = "pb-call"


def on_the_line(page: Page) -> list[str]:
    return page.locator(f"{LINE} .call-leg b").all_inner_texts()


def test_who_is_on_the_line_and_for_how_long_stands_above_the_conversation(lone_desk: LoneDesk) -> None:
    page = LoneCall(lone_desk).open()

    expect(page.get_by_role("region", name="Call", exact=True)).to_contain_text("On the line")
    assert on_the_line(page) == ["Customer C0", "Agent One"]
    expect(page.locator(".call-time")).to_have_text(re.compile(r"for 3 min \d+ s"))
    expect(page.locator(".call-leg").first).to_contain_text("010-5550-0001")
    expect(page.locator(".call-record")).to_have_text("Recording")
    assert violations(page) == []


def test_only_what_the_centre_allows_can_be_pressed(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    call.tell(may=["hang_up"], recording="off")
    page = call.open()

    doors = page.locator(f"{LINE} .call-doors button span").all_inner_texts()
    assert doors == ["Transfer or ask", "Hang up"]
    expect(page.locator(".call-record")).to_be_hidden()


def test_a_call_is_held_taken_up_and_ended_by_its_buttons(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()
    line = page.locator(LINE)

    line.get_by_role("button", name="Hold").click()
    expect(line).to_contain_text("On hold")
    line.get_by_role("button", name="Resume", exact=False).first.click()
    expect(line).to_contain_text("On the line")
    line.get_by_role("button", name="Hang up").click()

    expect(line).to_be_hidden()
    assert call.names() == ["hold", "resume", "hang_up"]
    assert len({one["key"] for one in call.acts}) == 3


def test_the_recording_pauses_for_a_card_number_and_says_so(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()

    page.get_by_role("button", name="Pause recording").click()
    expect(page.locator(".call-record")).to_contain_text("Recording paused")
    page.get_by_role("button", name="Resume recording").click()

    expect(page.locator(".call-record")).to_have_text("Recording")
    assert call.names() == ["pause_recording", "resume_recording"]


def test_it_is_plain_when_the_agents_own_phone_rings(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    call.tell(spot="queue", recording="off", legs=[leg("L1", "customer"), leg("L2", "agent", "", "ringing")])
    page = call.open()

    expect(page.get_by_role("alert").filter(has_text="Your phone rings: pick it up.")).to_be_visible()

    call.tell(live=True, spot="room", legs=[leg("L1", "customer"), leg("L2", "agent", "Agent One")])
    expect(page.locator(".call-ring")).to_be_hidden()


def test_who_could_not_be_reached_is_told_why(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    call.tell(legs=[leg("L1", "customer"), leg("L2", "agent", "", "failed", "no_answer")])
    page = call.open()

    expect(page.locator(".call-ring")).to_contain_text("You could not be reached: nobody picked up.")
    assert on_the_line(page) == ["Customer C0"]


def test_somebody_is_added_and_let_go_again(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()

    page.get_by_role("button", name="Add a number").click()
    page.get_by_role("dialog").get_by_label("Number").fill(" 02-555-0100 ")
    page.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(page.locator(".call-leg").last).to_contain_text("02-555-0100")
    expect(page.locator(".call-leg").last).to_contain_text("rings")
    page.get_by_role("button", name="Let 02-555-0100 go").click()

    expect(page.locator(".call-leg")).to_have_count(2)
    assert [(one["act"], one.get("number"), one.get("leg")) for one in call.acts] == [
        ("add", "02-555-0100", None),
        ("drop", None, "N1"),
    ]


def test_a_number_that_is_refused_stays_in_the_dialog_with_the_reason(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()
    page.get_by_role("button", name="Add a number").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog.get_by_role("alert")).to_have_text("Write the number first.")

    call.refused = Refusal(422, "callback_bad_number", "This number cannot be called. Check it.")
    dialog.get_by_label("Number").fill("060-700-1234")
    dialog.get_by_role("button", name="Add").click()

    expect(dialog.get_by_role("alert")).to_have_text("This number cannot be called. Check it.")
    expect(dialog.get_by_label("Number")).to_have_value("060-700-1234")


def test_all_of_it_is_done_by_keys_alone(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()
    hands = Hands(page)
    hands.goes("button", "Hang up")

    hands.press("Alt+k")
    expect(page.locator(LINE)).to_contain_text("On hold")
    hands.press("Alt+k")
    expect(page.locator(LINE)).to_contain_text("On the line")
    hands.press("Alt+p")
    expect(page.locator(".call-record")).to_contain_text("paused")
    hands.press("Alt+a")
    page.get_by_role("dialog").wait_for()
    hands.writes("Number", "02-555-0100")
    hands.sends()
    expect(page.locator(".call-leg")).to_have_count(3)
    hands.press("Alt+l")
    expect(page.locator(".call-leg")).to_have_count(2)
    hands.press("Alt+g")
    expect(page.get_by_role("dialog")).to_contain_text("Hand on case")
    hands.press("Escape")
    hands.press("Alt+x")

    expect(page.locator(LINE)).to_be_hidden()
    assert call.names() == ["hold", "resume", "pause_recording", "add", "drop", "hang_up"]
    assert hands.lost() == []


def test_a_key_for_what_cannot_be_done_now_says_so(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    call.tell(may=["hang_up"])
    page = call.open()
    page.locator("pb-timeline .scroll").focus()

    page.keyboard.press("Alt+k")

    expect(page.locator("pb-notice")).to_contain_text("That cannot be done with the call right now.")
    assert call.acts == []


def test_of_several_who_were_added_a_key_asks_who_is_let_go(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    assert call.call
    added = [leg("N1", "number", "02-555-0100"), leg("N2", "colleague", "Agent Two")]
    call.tell(legs=[*call.call["legs"], *added], may=["drop", "hang_up"])
    page = call.open()
    hands = Hands(page)
    hands.goes("button", "Hang up")

    hands.press("Alt+l")
    page.get_by_role("dialog").wait_for()
    hands.ticks("Agent Two", "radio")
    hands.sends()

    expect(page.locator(".call-leg")).to_have_count(3)
    assert call.acts[-1]["leg"] == "N2"


def test_the_keys_of_a_call_stand_in_the_list_of_keys(lone_desk: LoneDesk) -> None:
    page = LoneCall(lone_desk).open()
    page.locator("pb-timeline .scroll").focus()

    page.keyboard.press("?")

    told = page.get_by_role("dialog").inner_text()
    assert all(
        words in told for words in ("Hold the call, or resume it", "Alt K", "Hang up", "Alt X", "Alt P")
    )


def test_an_act_that_is_refused_is_told_and_nothing_changes(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()
    call.refused = Refusal(409, "no_call", "This call is over.")

    page.get_by_role("button", name="Hold").click()

    expect(page.locator("pb-notice")).to_contain_text("This call is over.")
    expect(page.locator(LINE)).to_contain_text("On the line")


def test_pressed_twice_is_once(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    page = call.open()

    page.get_by_role("button", name="Hold").dblclick()

    expect(page.locator(LINE)).to_contain_text("On hold")
    assert call.names()[:1] == ["hold"]
    assert call.names().count("hold") == 1


def test_a_colleague_who_is_asked_sees_the_call_and_their_own_phone(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    legs = [leg("L1", "customer"), leg("L2", "agent", "Agent Two"), leg("L3", "colleague", "", "ringing")]
    call.tell(legs=legs, may=["hang_up"])
    item = lone_desk.me["cases"][0]
    lone_desk.me |= {"cases": [], "consults": [item]}
    page = lone_desk.open()
    page.locator(".work-item").first.click()

    expect(page.locator(".call-ring")).to_contain_text("Your phone rings")
    expect(page.locator(f"{LINE} .call-doors button")).to_have_count(1)


def test_the_call_fits_a_narrow_screen(lone_desk: LoneDesk) -> None:
    call = LoneCall(lone_desk)
    call.tell(legs=[leg("L1", "customer"), leg("L2", "agent", "", "ringing")])
    page = call.open(viewport=NARROW, locale="ko-KR")

    expect(page.locator(".call-ring")).to_contain_text("내 전화가 울립니다. 받으세요.")
    assert violations(page) == []
    page.get_by_role("button", name="보류").click()
    expect(page.locator(LINE)).to_contain_text("보류 중")
