"""What is said in the widget: links, directions, days."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.support.shop import Shop

SEEN_DIRECTION = "(line) => getComputedStyle(line.querySelector('.text')).direction"
TEXTS = {
    "See (https://a.kr/x(1)) and https://a.kr/검색?q=가나를": [
        "https://a.kr/x(1)",
        "https://a.kr/검색?q=가나",
    ],
    "https://bank.kr@evil.test": [],
    "주소는 https://a.kr/예약으로 가세요": ["https://a.kr/예약"],
    "مرحبا https://a.kr/شاي ok": ["https://a.kr/شاي"],
}


def at_night(shop: Shop, language: str) -> Page:
    """The page of a visitor in Seoul, for whom it is four minutes to midnight on 3 March 2026."""
    shop.lang = language
    page = shop.visitor(timezone_id="Asia/Seoul").new_page()
    page.clock.install(time=datetime(2026, 3, 3, 14, 56, tzinfo=UTC))
    page.goto("/")
    page.locator("patchbay-chat button.launch").click()
    return page


def test_links_lead_where_they_say_and_every_line_has_the_direction_of_its_words(shop: Shop) -> None:
    page = shop.open()
    page.locator("patchbay-chat textarea").fill("שלום, מה שלומך?")
    expect(page.locator("patchbay-chat textarea")).to_have_css("direction", "rtl")
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(1)
    for seq, text in enumerate(TEXTS, 1):
        shop.say(seq, text)
    expect(page.locator("patchbay-chat .theirs")).to_have_count(len(TEXTS) + 1)

    links = page.locator("patchbay-chat .text a").evaluate_all(
        "(all) => all.map((one) => [one.textContent, one.rel])"
    )
    theirs = page.locator("patchbay-chat .theirs")
    assert links == [[link, "noopener noreferrer nofollow"] for found in TEXTS.values() for link in found]
    assert page.locator("patchbay-chat .mine").evaluate(SEEN_DIRECTION) == "rtl"
    assert [theirs.nth(n).evaluate(SEEN_DIRECTION) for n in range(5)] == ["ltr", "ltr", "ltr", "ltr", "rtl"]
    expect(page.locator("patchbay-chat .text a").last).to_have_css("unicode-bidi", "isolate")


def test_days_stand_between_the_lines_in_the_visitors_zone_and_change_at_midnight(shop: Shop) -> None:
    page = at_night(shop, "en")
    page.locator("patchbay-chat textarea").fill("Still open?")
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(1)
    shop.say(3, "In 2025", at="2025-12-31T02:00:00.000Z")
    shop.say(4, "Two days before", at="2026-03-01T14:59:00.000Z")
    shop.say(5, "Yesterday", at="2026-03-01T15:00:00.000Z")
    shop.say(6, "Today", at="2026-03-02T15:01:00.000Z")
    days = page.locator("patchbay-chat .day")
    expect(days).to_have_text(["Today", "Wed, December 31, 2025", "Sun, March 1", "Yesterday", "Today"])

    page.clock.run_for(5 * 60_000)
    expect(days).to_have_text(
        ["Yesterday", "Wed, December 31, 2025", "Sun, March 1", "Mon, March 2", "Yesterday"]
    )
    korean = at_night(shop, "ko")
    korean.locator("patchbay-chat textarea").fill("열었나요?")
    korean.keyboard.press("Enter")
    expect(korean.locator("patchbay-chat .mine.accepted")).to_have_count(1)
    shop.say(4, "첫날", at="2026-03-01T14:59:00.000Z")
    shop.say(5, "어제", at="2026-03-02T14:59:00.000Z")
    expect(korean.locator("patchbay-chat .day")).to_have_text(["오늘", "3월 1일 (일)", "어제"])
