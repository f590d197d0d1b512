"""A call is offered, a number is pressed, the agent sets where they are rung: at a desk without a centre."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from functions import channels
from shared.domain.desk.card_view import AddressView
from shared.domain.desk.work_views import OfferView
from shared.domain.times import iso
from tests.support.asked import Asked, Refusal
from tests.support.browser import violations
from tests.support.hands import Hands
from tests.support.house import NARROW
from tests.support.lone_call import LoneCall
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card, line

CALLS = next(one.name for one in channels.traits().all if one.calls)


def offered(desk: LoneDesk, **more: Any) -> None:
    """A customer rings, and has waited for four minutes."""
    desk.has("C1", 3)
    now = datetime.now(UTC)
    since, until = iso(now - timedelta(minutes=4)), iso(now + timedelta(seconds=20))
    rule = "longest_waiting"
    told = ("O1", "C1", "case-C1", CALLS, "main", since, until, "Order 1234", "Customer C1", rule)
    desk.me |= {"offers": [replace(OfferView(*told), **more)], "cases": [], "phone": "+821055500009"}
    waits = replace(card("C1", 3).cases[0], state="offered", owner="A")
    desk.cards["C1"] = replace(card("C1", 3), cases=(waits,))


def with_phone(desk: LoneDesk, *addresses: AddressView) -> LoneCall:
    desk.has("C0", 4)
    phone = AddressView("phone", "+821055500001", "010-5550-0001", "proven", "arrived", True, "", ("sms",))
    desk.cards["C0"] = replace(card("C0", 4), addresses=addresses or (phone,))
    return LoneCall(desk, call=None)


def test_an_offered_call_says_so_and_its_whole_thread_is_open(lone_desk: LoneDesk) -> None:
    offered(lone_desk)
    page = lone_desk.open()

    offer = page.locator(".offer")
    expect(offer).to_contain_text("Phone call")
    expect(offer).to_contain_text("Customer C1")
    expect(offer).to_contain_text("Waited 4 min")
    expect(page.locator("pb-timeline .line")).to_have_count(3)
    expect(page.locator(".outcome-bar")).to_contain_text("This case is offered to you.")
    assert violations(page) == []


def test_who_writes_stays_where_they_write_and_opens_the_thread_by_the_name(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    page = lone_desk.open()
    page.locator(".work-item").first.click()
    page.locator("pb-composer textarea").fill("Half a sen")
    cases = lone_desk._me()["cases"][:1]
    offered(lone_desk)
    lone_desk.me["cases"] = cases

    lone_desk.push({"type": "work_changed"})
    page.locator(".offer").wait_for()
    expect(page.locator("pb-talk h2")).to_have_text("Customer C0")
    page.get_by_role("button", name="Customer C1").click()

    expect(page.locator("pb-talk h2")).to_have_text("Customer C1")


def test_an_offered_call_is_seen_on_a_narrow_screen(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 2)
    page = lone_desk.open(viewport=NARROW, locale="ko-KR")
    offered(lone_desk, customer_name="")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator(".offer-rings")).to_contain_text("전화")
    assert violations(page) == []


def test_a_number_on_the_card_is_pressed_and_called_in_the_open_case(lone_desk: LoneDesk) -> None:
    call = with_phone(lone_desk)
    page = call.open()

    page.locator("pb-card").get_by_role("button", name="010-5550-0001").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Your phone rings first.")
    dialog.get_by_role("button", name="Call", exact=True).click()

    expect(page.locator("pb-notice")).to_contain_text("Pick up your phone: then 010-5550-0001 is called.")
    (asked,) = call.acts
    assert (asked["act"], asked["number"], asked["customer_id"]) == ("place", "+821055500001", "C0")
    assert lone_desk.asked.count("POST /cases/case-C0/calls") == 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("no_consent", "This customer has not agreed to be called."),
        ("quiet_hours", "No customer is called at this hour."),
        ("no_phone", "Set your phone first."),
    ],
)
def test_why_a_call_is_refused_stands_in_the_dialog(lone_desk: LoneDesk, code: str, sentence: str) -> None:
    call = with_phone(lone_desk)
    call.refused = Refusal(422, code, sentence)
    page = call.open()

    page.locator("pb-card").get_by_role("button", name="010-5550-0001").click()
    page.get_by_role("dialog").get_by_role("button", name="Call", exact=True).click()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(sentence)


def test_a_number_in_a_message_is_called_and_an_order_number_is_none(lone_desk: LoneDesk) -> None:
    call = with_phone(lone_desk)
    text = "Order 2024-1234-5678 or 20260302123456. Call my wife: 010-5550-0002, or +82 2 555 0100!"
    lone_desk.lines["C0"].append(line(5, "C0", text=text))
    page = call.open()

    doors = page.locator("pb-timeline .bubble button.number")
    assert doors.all_inner_texts() == ["010-5550-0002", "+82 2 555 0100"]
    doors.first.click()

    expect(page.get_by_role("dialog")).to_contain_text("Call 010-5550-0002")


def test_in_a_case_that_is_not_theirs_the_call_opens_one(lone_desk: LoneDesk) -> None:
    call = with_phone(lone_desk)
    kept = replace(lone_desk.cards["C0"].cases[0], state="closed", closed_at="2026-03-02T06:00:00Z")
    lone_desk.cards["C0"] = replace(lone_desk.cards["C0"], cases=(kept,))
    lone_desk.me["cases"] = []
    page = lone_desk.open("/desk#case-C0.C0")

    page.locator("pb-card").get_by_role("button", name="010-5550-0001").click()
    page.get_by_role("dialog").get_by_role("button", name="Call", exact=True).click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert lone_desk.asked.count("POST /cases/new/calls") == 1
    assert call.names() == ["place"]


def test_who_asked_to_be_called_is_called_by_a_press_or_by_another_telephone(lone_desk: LoneDesk) -> None:
    call = with_phone(lone_desk)
    call.callback = {"phone": "+821055500007", "display": "010-5550-0007", "tries": 1}
    call.tell()
    page = call.open()

    bar = page.get_by_role("region", name="Call to make")
    expect(bar.get_by_role("button", name="Reached")).to_be_visible()
    bar.get_by_role("button", name="Call", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Call", exact=True).click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [(one["act"], one["number"]) for one in call.acts] == [("place", "+821055500007")]


def test_where_no_channel_calls_numbers_are_words(lone_desk: LoneDesk) -> None:
    call = with_phone(lone_desk)
    known = lone_desk._me()["channels"]
    lone_desk.me["channels"] = [one for one in known if not one.calls]
    page = call.open()

    expect(page.locator("pb-card .address-value")).to_have_text("010-5550-0001")
    expect(page.locator("pb-card button.address-value")).to_have_count(0)
    page.get_by_title("Account").click()
    expect(page.get_by_role("button", name="My phone")).to_have_count(0)


def sets(desk: LoneDesk) -> list[Asked]:
    told: list[Asked] = []

    def keep(asked: Asked) -> Any:
        told.append(asked)
        phone = str(asked.body.get("phone", "")).replace("-", "").replace("010", "+8210", 1)
        desk.me["phone"] = phone
        return {"desk": {"agent_id": "A", "views": [], "told": None, "version": 1}, "phone": phone}

    desk.answers["/me/desk"] = keep
    return told


def my_phone(page: Page) -> None:
    page.get_by_title("Account").click()
    page.get_by_role("button", name="My phone").last.click()
    page.get_by_role("dialog").wait_for()


def test_available_without_a_phone_it_is_said_that_calls_do_not_ring(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    told = sets(lone_desk)
    lone_desk.me |= {"phone": "", "own_phones": True}
    page = lone_desk.open()
    hint = page.locator(".station-phone")

    expect(hint).to_contain_text("Calls do not ring you: no phone is set.")
    assert violations(page) == []
    hint.get_by_role("button", name="My phone").click()
    page.get_by_role("dialog").get_by_label("Number or SIP address").fill("010-5550-0009")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()

    expect(page.get_by_text("Calls ring at +821055500009 from now on.")).to_be_visible()
    expect(hint).to_be_hidden()
    assert told[-1].body == {"phone": "010-5550-0009"}


@pytest.mark.parametrize("presence", ["break", "offline"])
def test_who_is_away_is_not_told_of_a_phone(lone_desk: LoneDesk, presence: str) -> None:
    lone_desk.has("C0", 3)
    lone_desk.agent = replace(lone_desk.agent, presence=presence)
    lone_desk.me |= {"phone": ""}
    page = lone_desk.open()

    expect(page.locator(".station-phone")).to_be_hidden()


def test_what_is_no_phone_is_said_before_it_is_sent(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    told = sets(lone_desk)
    lone_desk.me |= {"phone": "+821055500009", "own_phones": True}
    page = lone_desk.open()
    my_phone(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Number or SIP address")).to_have_value("+821055500009")

    for wrong in ("kim", "sip:kim", "12"):
        dialog.get_by_label("Number or SIP address").fill(wrong)
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_role("alert")).to_contain_text("That is no number and no SIP address.")

    assert told == []
    assert violations(page) == []


def test_what_the_centre_says_against_a_phone_stands_in_the_dialog(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    lone_desk.me |= {"phone": "", "own_phones": True}
    lone_desk.refusals["PUT /me/desk"] = Refusal(422, "bad_phone", "Calls cannot ring there.")
    page = lone_desk.open()
    my_phone(page)
    page.get_by_role("dialog").get_by_label("Number or SIP address").fill("060-700-1234")

    page.get_by_role("dialog").get_by_role("button", name="Save").click()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("Calls cannot ring there.")


def test_a_phone_that_the_settings_name_is_shown_and_not_changed(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    lone_desk.me |= {"phone": "sip:one@pbx.example.com", "own_phones": False}
    page = lone_desk.open()
    my_phone(page)

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("sip:one@pbx.example.com")
    expect(dialog).to_contain_text("An administrator sets where your calls ring.")
    expect(dialog.get_by_role("textbox")).to_have_count(0)


def test_a_phone_is_set_by_keyboard_alone(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    told = sets(lone_desk)
    lone_desk.me |= {"phone": "", "own_phones": True}
    page = lone_desk.open()
    hands = Hands(page)

    hands.opens_account()
    hands.presses("button", "My phone")
    page.get_by_role("dialog").wait_for()
    hands.writes("Number or SIP address", "sip:one@pbx.example.com")
    hands.sends()

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert told[-1].body == {"phone": "sip:one@pbx.example.com"}
    assert hands.lost() == []


def test_what_happened_in_a_call_stands_on_the_timeline_in_words(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 2)
    facts: list[tuple[str, dict[str, Any]]] = [
        ("call_started", {}),
        ("leg_changed", {"role": "agent", "agent": "A", "state": "ringing"}),
        ("leg_changed", {"role": "customer", "state": "talking"}),
        ("call_acted", {"act": "hold"}),
        ("leg_changed", {"role": "number", "state": "failed", "reason": "busy"}),
        ("leg_changed", {"role": "agent", "agent": "A", "state": "ended", "seconds": 182}),
        ("call_placed", {}),
    ]
    for seq, (kind, told) in enumerate(facts, start=3):
        ours = kind in ("call_acted", "call_placed")
        actor = {"actor": "agent:A"} if ours else {"actor": "customer"}
        lone_desk.lines["C0"].append(line(seq, "C0", kind=kind, text="", channel=CALLS, facts=told, **actor))
    page = lone_desk.open()
    page.locator(".work-item").first.click()
    page.locator(".event.call_placed").wait_for()

    said = [
        one.split("\n")[0]
        for one in page.locator("pb-timeline .event > span:first-of-type").all_inner_texts()
    ]
    assert said == [
        "The customer calls",
        "Customer C0: on the line",
        "You: put the call on hold",
        "Added number: not reached: busy",
        "You: hung up after 3 min 2 s",
        "You placed a call",
    ]


def sound(n: int, **more: Any) -> dict[str, Any]:
    told = {"n": n, "name": "call.wav", "type": "audio/wav", "size": 48_000, "state": "stored", "reason": ""}
    return {**told, "shown_as": "sound", "cid": "", **more}


def test_recordings_and_voicemails_are_played_with_their_words(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 2)
    rows = lone_desk.lines["C0"]
    told = {"kind": "message_received", "text": "", "channel": CALLS, "actor": "customer"}
    rows.append(replace(line(3, "C0", **told, facts={"seconds": 32}), files=(sound(0),)))  # type: ignore[arg-type]
    said = {"kind": "call_transcribed", "channel": CALLS, "actor": "system", "facts": {}}
    rows.append(line(4, "C0", **said, text="Please call me back about order 1234."))
    recorded = {"kind": "call_recorded", "channel": CALLS, "actor": "system", "text": ""}
    rows.append(replace(line(5, "C0", **recorded, facts={"seconds": 182}), files=(sound(0),)))  # type: ignore[arg-type]
    rows.append(line(6, "C0", **said | {"text": ""}))
    lone_desk.answers["/customers/C0/entries/3/files/0"] = {"url": "http://localhost/none.wav"}
    lone_desk.answers["/customers/C0/entries/5/files/0"] = {"url": "http://localhost/none.wav"}
    page = lone_desk.open()
    page.locator(".work-item").first.click()
    log = page.get_by_role("log")
    log.locator(".event.call_recorded").wait_for()

    expect(log).to_contain_text("Message left on the phone")
    expect(log).to_contain_text("32 s")
    expect(log.locator(".event.call_transcribed").first).to_contain_text(
        "Please call me back about order 1234."
    )
    expect(log.locator(".event.call_recorded")).to_contain_text("3 min 2 s")
    expect(log.locator(".event.call_transcribed").last).to_contain_text("No words could be made out.")
    assert lone_desk.asked.count("GET /customers/C0/entries/5/files/0") >= 1
