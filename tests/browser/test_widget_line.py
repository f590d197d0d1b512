"""What the widget says of its line to Patchbay: unanswered, offline, back again; texts that are too long."""

from playwright.sync_api import Page, expect

from tests.support.shop import Shop

MINE = "patchbay-chat .mine"
STATE = "patchbay-chat .state"
COUNT = "patchbay-chat .count"
HEAVY = "👩‍👩‍👧" * 700  # 3,500 characters, but 12,600 bytes


def write(page: Page, text: str) -> None:
    page.locator("patchbay-chat textarea").fill(text)
    page.keyboard.press("Enter")


def test_a_frame_without_an_answer_is_sent_again_after_five_seconds_and_says_so(shop: Shop) -> None:
    context = shop.visitor()
    page = context.new_page()
    page.clock.install()
    page.goto("/")
    page.locator("patchbay-chat button.launch").click()
    shop.silent.add("message")
    write(page, "anybody?")
    expect(page.locator(MINE)).to_contain_text("Sending…")
    page.clock.run_for(4000)
    assert shop.said() == ["anybody?"]

    page.clock.run_for(2000)
    expect(page.locator(MINE)).to_contain_text("No answer yet, sent again…")
    shop.silent.clear()
    page.clock.run_for(7000)  # the second time the line is taken for dead: it is opened anew

    expect(page.locator(MINE)).to_contain_text("Sent")
    ids = {frame["id"] for frame in shop.heard if frame["action"] == "message"}
    assert (len(ids), shop.said(), len(shop.sockets)) == (1, ["anybody?"] * len(shop.said()), 1)
    assert 2 <= len(shop.said()) <= 3


def test_a_message_that_is_never_answered_is_given_back_and_can_be_tried_again(shop: Shop) -> None:
    context = shop.visitor()
    page = context.new_page()
    page.clock.install()
    page.goto("/")
    page.locator("patchbay-chat button.launch").click()
    shop.silent.add("message")
    write(page, "anybody?")

    for _ in range(60):
        page.clock.run_for(2000)
        if page.locator(f"{MINE}.failed").count():
            break

    expect(page.locator(MINE)).to_contain_text("Not sent")
    frames = len(shop.said())
    page.clock.run_for(60_000)
    assert len(shop.said()) == frames <= 10
    shop.silent.clear()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(MINE)).to_contain_text("Sent")


def test_offline_is_said_and_over_by_itself(shop: Shop) -> None:
    page = shop.open(locale="ko-KR")
    write(page, "first")
    expect(page.locator(f"{MINE}.accepted")).to_have_count(1)

    page.context.set_offline(True)
    expect(page.locator(STATE)).to_contain_text("You are offline")
    shop.unreachable = True
    shop.hang_up()
    write(page, "second")
    expect(page.locator(MINE).last).to_contain_text("Sending…")
    page.context.set_offline(False)
    expect(page.locator(STATE)).to_contain_text("No connection. What you write is kept")
    shop.unreachable = False

    expect(page.locator(f"{MINE}.accepted")).to_have_count(2)
    expect(page.locator(STATE)).to_have_text("")
    assert shop.said() == ["first", "second"]


def test_too_much_text_is_said_and_nothing_of_it_is_cut(shop: Shop) -> None:
    page = shop.open()
    box = page.locator("patchbay-chat textarea")
    send = page.get_by_role("button", name="Send", exact=True)

    box.fill("가" * 3600)
    expect(page.locator(COUNT)).to_be_hidden()
    box.fill("가" * 4000)
    expect(page.locator(COUNT)).to_have_text("4,000 of 4,000 characters")
    box.fill("가" * 4012)
    expect(page.locator(COUNT)).to_have_text("12 characters too many: shorten it, or send it in parts.")
    expect(send).to_be_disabled()
    page.keyboard.press("Enter")
    expect(box).to_have_value("가" * 4012)
    expect(page.locator(MINE)).to_have_count(0)
    box.fill(HEAVY)
    expect(page.locator(COUNT)).to_contain_text("too many")

    box.fill("가" * 4000)
    page.keyboard.press("Enter")
    expect(page.locator(f"{MINE}.accepted")).to_have_count(1)
    assert shop.said() == ["가" * 4000]
