"""The widget and a whole centre: what was sent twice is there once, in all tabs; the page's language wins."""

import json

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.support.desk_scene import replies, takes
from tests.support.house import House

pytestmark = pytest.mark.embedded
MINE, THEIRS = "patchbay-chat .mine.accepted", "patchbay-chat .theirs"


def test_a_message_whose_answer_was_lost_is_one_message_on_the_desk_and_in_every_tab(house: House) -> None:
    agent = house.hire(locale="en-GB")
    desk = house.desk(agent)
    visitor = house.person(locale="en-GB")
    sent: list[dict[str, str]] = []
    lost: list[str | bytes] = []

    def between(widget: WebSocketRoute) -> None:
        """The first answer to a message is lost on its way."""
        centre = widget.connect_to_server()

        def out(frame: str | bytes) -> None:
            sent.append(json.loads(frame))
            centre.send(frame)

        def back(frame: str | bytes) -> None:
            to = lost.append if not lost and '"accepted"' in str(frame) else widget.send
            to(frame)

        widget.on_message(out)
        centre.on_message(back)

    visitor.route_web_socket("**/socket/chat**", between)
    tabs = [visitor.new_page(), visitor.new_page()]
    for tab in tabs:
        tab.goto("/chat")
        tab.locator("patchbay-chat button.launch").click()
    tabs[0].locator("patchbay-chat textarea").fill("Hello there")
    tabs[0].keyboard.press("Enter")
    for tab in tabs:
        expect(tab.locator(MINE)).to_have_count(1)
    takes(desk)
    replies(desk, "안녕하세요, https://a.test/예약으로 오세요")

    for tab in tabs:
        expect(tab.locator(THEIRS).last).to_contain_text("안녕하세요")
        expect(tab.locator("patchbay-chat .text a")).to_have_text("https://a.test/예약")
    expect(desk.locator(".line.from-us a")).to_have_text("https://a.test/예약")
    expect(desk.locator(".line.from-customer")).to_have_count(1)
    expect(desk.locator(".line.from-us .delivery.delivered")).to_be_visible()
    frames = [frame["id"] for frame in sent if frame["action"] == "message"]
    assert (len(frames) >= 2, len(set(frames))) == (True, 1)
    (case,) = agent.get("/me")["cases"]
    assert agent.get(f"/customers/{case['customer_id']}")["language"] == "ko"  # the page's
