"""The screens of telephone calls: open to everybody, in both languages, wide and narrow.

A new screen is one function in SCREENS. With PATCHBAY_SCREENS=folder a picture of each is kept there.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from functions import channels
from shared.domain.desk.card_view import AddressView
from shared.domain.desk.work_views import OfferView
from shared.domain.times import iso
from tests.support.house import NARROW
from tests.support.lone_call import LoneCall, leg
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card, line
from tests.support.screens import LANGUAGES, LONG, open_to_everybody

CALLS = next(one.name for one in channels.traits().all if one.calls)


def talks(desk: LoneDesk, **options: Any) -> Page:
    return LoneCall(desk).open(**options)


def rings(desk: LoneDesk, **options: Any) -> Page:
    call = LoneCall(desk)
    call.tell(spot="queue", recording="off", legs=[leg("L1", "customer"), leg("L2", "agent", "", "ringing")])
    return call.open(**options)


def many(desk: LoneDesk, **options: Any) -> Page:
    """On hold, paused, with a colleague and a number of a long name."""
    call = LoneCall(desk)
    assert call.call
    added = [leg("N1", "number", "+82 2 555 0100", "ringing"), leg("N2", "colleague", LONG)]
    told: dict[str, Any] = {"held": True, "spot": "hold", "paused": True, "recording": "paused"}
    may = ["resume", "resume_recording", "add", "drop", "hang_up"]
    call.tell(**told, legs=[*call.call["legs"], *added], may=may)
    return call.open(**options)


def adds(desk: LoneDesk, **options: Any) -> Page:
    page = talks(desk, **options)
    page.locator("pb-talk h2").first.wait_for()
    page.keyboard.press("Alt+a")
    page.get_by_role("dialog").wait_for()
    return page


def offered(desk: LoneDesk, **options: Any) -> Page:
    desk.has("C1", 3)
    now = datetime.now(UTC)
    since, until = iso(now - timedelta(minutes=4)), iso(now + timedelta(seconds=600))
    told = ("O1", "C1", "case-C1", CALLS, "main", since, until, "Order 1234, 주문 1234", LONG, "owner")
    waits = replace(card("C1", 3).cases[0], state="offered", owner="A")
    desk.cards["C1"] = replace(card("C1", 3), cases=(waits,))
    desk.me |= {"cases": [], "phone": "+821055500009", "own_phones": True}
    page = desk.open(**options)
    desk.me["offers"] = [OfferView(*told)]
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator(".offer").wait_for()
    page.locator("pb-timeline .line").last.wait_for()
    return page


def no_phone(desk: LoneDesk, **options: Any) -> Page:
    desk.has("C0", 3)
    desk.me |= {"phone": "", "own_phones": True, "calls_browser": True}
    page = desk.open(**options)
    page.locator(".station-phone").wait_for()
    return page


def my_phone(desk: LoneDesk, **options: Any) -> Page:
    page = no_phone(desk, **options)
    page.locator(".station-phone button").click()
    page.get_by_role("dialog").wait_for()
    return page


def told(desk: LoneDesk, **options: Any) -> Page:
    """What became of a call, with its recording."""
    desk.has("C0", 1)
    rows = desk.lines["C0"]
    rows.append(
        line(2, "C0", text="Call me at 010-5550-0001, please. 전화 주세요: 02-555-0100", actor="customer")
    )
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("call_started", {}),
        ("leg_changed", {"role": "customer", "state": "talking"}),
        ("call_acted", {"act": "pause_recording"}),
        ("leg_changed", {"role": "agent", "agent": "A", "state": "ended", "seconds": 182}),
    ]
    for kind, facts in kinds:
        rows.append(
            line(len(rows) + 1, "C0", kind=kind, text="", channel=CALLS, actor="agent:A", facts=facts)
        )
    made = {"n": 0, "name": "call.wav", "type": "audio/wav", "size": 9, "state": "stored", "reason": ""}
    played = ({**made, "shown_as": "sound", "cid": ""},)
    recorded = line(7, "C0", kind="call_recorded", text="", channel=CALLS, facts={"seconds": 182})
    rows.append(replace(recorded, files=played))  # type: ignore[arg-type]
    words = "I ordered two parcels and got one. 택배가 하나만 왔어요."
    rows.append(line(8, "C0", kind="call_transcribed", text=words, channel=CALLS, facts={}))
    desk.answers["/customers/C0/entries/7/files/0"] = {"url": "http://localhost/none.wav"}
    phone = AddressView("phone", "+821055500001", "010-5550-0001", "proven", "arrived", True, "", ("sms",))
    desk.cards["C0"] = replace(card("C0", 8), addresses=(phone,))
    return LoneCall(desk, call=None).open(**options)


SCREENS: dict[str, Callable[..., Page]] = {
    "call": talks,
    "call-rings": rings,
    "call-many": many,
    "call-add": adds,
    "call-offered": offered,
    "call-no-phone": no_phone,
    "call-my-phone": my_phone,
    "call-told": told,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_open_to_everybody(lone_desk: LoneDesk, name: str, language: str) -> None:
    page = SCREENS[name](lone_desk, locale=LANGUAGES[language])

    open_to_everybody(page, f"{name}-{language}")


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_fits_a_phone(lone_desk: LoneDesk, name: str) -> None:
    page = SCREENS[name](lone_desk, viewport=NARROW, locale=LANGUAGES["ko"])

    open_to_everybody(page, f"{name}-narrow")
