"""The browser as a telephone: loaded when an agent can take calls, picked up, muted, and let go."""

from dataclasses import replace
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.asked import Asked, Refusal
from tests.support.browser import violations
from tests.support.browser_telephone import AT, LIBRARY
from tests.support.hands import Hands
from tests.support.lone_call import LoneCall, leg
from tests.support.lone_desk import LoneDesk

TOKEN = "/me/phone-token"


def serves(desk: LoneDesk, library: str = LIBRARY) -> list[str]:
    """The centre offers it; whoever asks gets another token each time."""
    tokens: list[str] = []

    def token(_: Asked) -> Any:
        tokens.append(f"token-{len(tokens) + 1}")
        return {"token": tokens[-1], "identity": "A", "expires_in": 3600}

    if not desk.lines:
        desk.has("C0", 4)
    desk.answers[TOKEN] = token
    desk.files[AT.removeprefix("/")] = library
    return tokens


def in_browser(desk: LoneDesk) -> None:
    desk.me |= {"phone": "client:A", "own_phones": True, "calls_browser": True}


def rings(page: Page) -> None:
    page.evaluate("void device.ring()")


def did(page: Page) -> list[str]:
    return list(page.evaluate("rung.did"))


def talks(desk: LoneDesk) -> tuple[LoneCall, Page]:
    serves(desk)
    call = LoneCall(desk)
    call.tell(legs=[leg("L1", "customer"), leg("L2", "agent", "", "ringing")])
    in_browser(desk)
    page = call.open()
    page.wait_for_function("window.device?.state === 'registered'")
    rings(page)
    return call, page


def test_whoever_is_rung_at_a_telephone_loads_nothing(lone_desk: LoneDesk) -> None:
    tokens = serves(lone_desk)
    lone_desk.me |= {"phone": "+821055500009"}
    page = lone_desk.open()
    page.locator(".work-item").first.wait_for()

    assert page.evaluate("window.Twilio === undefined")
    assert tokens == []


def test_who_is_away_loads_it_when_they_are_available(lone_desk: LoneDesk) -> None:
    tokens = serves(lone_desk)
    in_browser(lone_desk)
    lone_desk.agent = replace(lone_desk.agent, presence="break")
    page = lone_desk.open()
    page.locator(".work-item").first.wait_for()
    assert tokens == []

    available = replace(lone_desk.agent, presence="available", version=2)
    lone_desk.answers["/me/presence"] = {"agent": available}
    lone_desk.agent = available
    page.get_by_label("Your presence").select_option("available")

    page.wait_for_function("window.device?.state === 'registered'")
    assert (tokens, page.evaluate("device.tokens")) == (["token-1"], ["token-1"])


def test_no_sound_is_asked_of_the_carrier(lone_desk: LoneDesk) -> None:
    _, page = talks(lone_desk)

    sounds = page.evaluate("device.options.sounds")

    assert set(sounds.values()) == {"/desk/vendor/silence.wav"}
    assert {"incoming", "outgoing", "disconnect", "dtmf0", "dtmf9", "dtmfh", "dtmfs"} <= set(sounds)


def test_a_call_that_rings_here_is_picked_up_muted_and_hung_up_by_keys(lone_desk: LoneDesk) -> None:
    call, page = talks(lone_desk)
    hands = Hands(page)
    expect(page.locator(".call-ring")).to_contain_text("Your call rings in this browser: pick it up.")
    hands.goes("button", "Pick up")

    hands.press("Alt+y")
    call.tell(live=True, legs=[leg("L1", "customer"), leg("L2", "agent", "Agent One")])
    expect(page.locator(".call-ring")).to_be_hidden()
    hands.press("Alt+u")
    expect(page.get_by_role("button", name="Unmute")).to_be_visible()
    hands.press("Alt+u")
    expect(page.get_by_role("button", name="Mute", exact=True)).to_be_visible()

    assert did(page) == ["accept", "mute true", "mute false"]
    assert violations(page) == []


def test_keys_are_pressed_for_the_menu_of_another_centre(lone_desk: LoneDesk) -> None:
    _, page = talks(lone_desk)
    page.get_by_role("button", name="Pick up").click()

    page.get_by_role("button", name="Keys", exact=True).click()
    page.get_by_role("dialog").get_by_label("Keys").fill("12#")
    page.get_by_role("dialog").get_by_role("button", name="Press these keys").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert did(page) == ["accept", "keys 12#"]


def test_a_second_call_finds_nobody_while_one_goes_on(lone_desk: LoneDesk) -> None:
    _, page = talks(lone_desk)
    page.get_by_role("button", name="Pick up").click()

    other = page.evaluate("(window.first = rung, device.ring().did)")

    assert other == ["reject"]
    assert page.evaluate("first.did") == ["accept"]


def test_when_the_other_side_hangs_up_the_browser_is_free_again(lone_desk: LoneDesk) -> None:
    _, page = talks(lone_desk)
    page.get_by_role("button", name="Pick up").click()
    expect(page.get_by_role("button", name="Mute", exact=True)).to_be_visible()

    page.evaluate("rung.emit('disconnect')")

    expect(page.get_by_role("button", name="Mute", exact=True)).to_have_count(0)


def test_a_token_that_ends_is_made_anew(lone_desk: LoneDesk) -> None:
    _, page = talks(lone_desk)

    page.evaluate("device.emit('tokenWillExpire')")

    page.wait_for_function("device.tokens.length === 2")
    assert page.evaluate("device.tokens") == ["token-1", "token-2"]


def test_who_signs_out_lets_go_of_it(lone_desk: LoneDesk) -> None:
    _, page = talks(lone_desk)

    page.get_by_title("Account").click()
    page.get_by_role("button", name="Sign out").click()
    page.locator("pb-login").first.wait_for()

    assert page.evaluate("device.state") == "destroyed"


def test_a_build_without_the_library_says_so_once(lone_desk: LoneDesk) -> None:
    serves(lone_desk, library="throw new Error('not there');")
    in_browser(lone_desk)
    page = lone_desk.open()

    expect(page.locator("pb-notice")).to_contain_text("Calls in the browser cannot be loaded.")


def test_an_account_without_a_key_is_told_in_the_centres_words(lone_desk: LoneDesk) -> None:
    serves(lone_desk)
    in_browser(lone_desk)
    told = "Calls in the browser are not set up here."
    lone_desk.refusals[f"POST {TOKEN}"] = Refusal(422, "browser_calls_off", told)
    page = lone_desk.open()

    expect(page.locator("pb-notice")).to_contain_text(told)


def test_the_browser_is_chosen_where_the_centre_offers_it(lone_desk: LoneDesk) -> None:
    serves(lone_desk)
    asked: list[Any] = []

    def keep(one: Asked) -> Any:
        asked.append(one.body)
        in_browser(lone_desk)
        return {"desk": {"agent_id": "A", "views": [], "told": None, "version": 1}, "phone": "client:A"}

    lone_desk.answers["/me/desk"] = keep
    lone_desk.me |= {"phone": "", "own_phones": True, "calls_browser": True}
    page = lone_desk.open()
    page.get_by_role("button", name="My phone").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("This browser, with a headset").check()
    expect(dialog.get_by_label("Number or SIP address")).to_be_hidden()
    dialog.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Calls ring in this browser from now on")).to_be_visible()
    page.wait_for_function("window.device?.state === 'registered'")
    assert asked == [{"phone": "browser"}]
