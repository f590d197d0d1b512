"""The widget on somebody else's page: over http, among its styles, through page changes, without storage."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.shop import Shop

HOSTILE = """<style>
  * { margin: 7px; letter-spacing: 3px; }
  html, body, patchbay-chat { font: italic 30px/3 cursive; color: red; text-align: right; direction: rtl;
    word-spacing: 1em; text-transform: uppercase; text-indent: 40px; white-space: nowrap; cursor: wait }
  button, textarea, p, .text, .main, .all { background: red !important; padding: 90px !important }
</style>"""
LOOKS = """() => [...document.querySelector("patchbay-chat").shadowRoot.querySelectorAll("*")].map((node) => {
  const style = getComputedStyle(node);
  const names = ["fontFamily", "fontSize", "fontStyle", "lineHeight", "letterSpacing", "wordSpacing",
    "textTransform", "textIndent", "whiteSpace", "direction", "color", "backgroundColor",
    "padding", "margin", "cursor"];
  return [node.tagName, ...names.map((name) => style[name])];
})"""
PAGE_CHANGES = {
    "Turbo": "document.body.replaceWith(document.createElement('body'))",
    "Turbo with a cached copy": """{
      const copy = document.body.cloneNode(true);
      document.body.replaceWith(document.createElement('body'));
      document.body.replaceWith(copy);
    }""",
    "pjax or htmx": "document.body.innerHTML = '<main>Another page</main>'",
    "its script runs again": """new Promise((done) => {
      const script = document.createElement('script');
      script.src = '/widget.js';
      script.onload = done;
      document.body.replaceChildren(script);
    })""",
}
STORAGE = {
    "forbidden": "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
    " { get() { throw new DOMException('no', 'SecurityError') } })",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    "no JSON": "localStorage.setItem('patchbay.chat', '{')",
    "another's JSON": "localStorage.setItem('patchbay.chat', '[null]')",
    "half of ours": """localStorage.setItem('patchbay.chat', JSON.stringify({ visitor: 7, after: "x",
      floor: null, items: [null, 1, { text: 2 }, { id: "a", mine: true, text: "no frame" },
      { seq: 1, text: "no time", at: "?" }] }))""",
}


def write(page: Page, text: str) -> None:
    page.locator("patchbay-chat textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted", has_text=text)).to_be_visible()


def test_a_page_over_http_is_enough(shop: Shop) -> None:
    page = shop.open()

    write(page, "hello")

    assert not page.evaluate("window.isSecureContext")
    assert re.fullmatch("[0-9a-f]{32}", shop.heard[-1]["id"])


def test_the_styles_of_the_page_do_not_reach_it(shop: Shop) -> None:
    calm = shop.open()
    write(calm, "hello")
    shop.head = HOSTILE
    wild = shop.open()
    write(wild, "hello")

    assert wild.evaluate(LOOKS) == calm.evaluate(LOOKS)


def test_it_comes_back_once_after_the_page_around_it_was_replaced(shop: Shop) -> None:
    page = shop.open()
    write(page, "before")
    page.locator("patchbay-chat textarea").fill("half a sent")

    for change in PAGE_CHANGES.values():
        page.evaluate(change)
        expect(page.locator("patchbay-chat .panel")).to_be_visible()
        assert page.locator("patchbay-chat").count() == 1
        expect(page.locator("patchbay-chat textarea")).to_have_value("half a sent")
    shop.say(2, "We are here.")
    write(page, "after")

    expect(page.locator("patchbay-chat .text")).to_contain_text(["Hello!", "before", "We are here.", "after"])
    assert (len(shop.sockets), shop.said()) == (1, ["before", "after"])
    assert [frame["seq"] for frame in shop.heard if frame["action"] == "ack"] == [2]


def test_a_page_change_into_another_language_changes_its_own_and_what_is_asked_for(shop: Shop) -> None:
    page = shop.open()
    write(page, "hello")

    page.evaluate(
        "document.documentElement.lang = 'ko'; document.body.replaceWith(document.createElement('body'))"
    )

    expect(page.locator("patchbay-chat textarea")).to_have_attribute("placeholder", "메시지를 입력하세요…")
    write(page, "안녕하세요")
    assert [ticket["language"] for ticket in shop.tickets] == ["en", "ko"]
    assert len(shop.sockets) == 1


def test_a_page_that_takes_it_away_again_and_again_is_rid_of_it(shop: Shop) -> None:
    page = shop.open()

    page.evaluate("""new MutationObserver(() => document.querySelector("patchbay-chat")?.remove())
        .observe(document.body, { childList: true })""")
    page.evaluate("document.querySelector('patchbay-chat').remove()")

    expect(page.locator("patchbay-chat")).to_have_count(0)
    page.wait_for_timeout(50)
    expect(page.locator("patchbay-chat")).to_have_count(0)


@pytest.mark.parametrize("kind", STORAGE)
def test_it_works_whatever_became_of_the_storage(shop: Shop, kind: str) -> None:
    context = shop.visitor()
    context.add_init_script(f"if (location.protocol === 'http:') {{ {STORAGE[kind]} }}")
    page = shop.open(context)

    write(page, "hello")
    shop.say(2, "Good day")

    expect(page.locator("patchbay-chat .text")).to_contain_text(["Hello!", "hello", "Good day"])
    shop.hang_up()
    write(page, "still there?")
    assert {ticket.get("visitor") for ticket in shop.tickets} == {None, "v1.VISITOR1.proof"}


LANGUAGES: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("the page's", "ko", "", {"locale": "en-GB"}, "ko"),
    ("the script's, before the page's", "en", ' data-lang="ko-KR"', {"locale": "en-GB"}, "ko"),
    ("the browser's, where the page says none of ours", "ja", "", {"locale": "ko-KR"}, "ko"),
    ("English, where nobody says one of ours", "kok", "", {"locale": "fr-FR"}, "en"),
]


@pytest.mark.parametrize(
    ("page_says", "script_says", "options", "wanted"),
    [one[1:] for one in LANGUAGES],
    ids=[one[0] for one in LANGUAGES],
)
def test_its_language_is_told_before_the_first_word(
    shop: Shop, page_says: str, script_says: str, options: dict[str, Any], wanted: str
) -> None:
    shop.lang, shop.script = page_says, script_says

    page = shop.open(**options)
    expect(page.locator("patchbay-chat textarea")).to_have_attribute(
        "placeholder", {"ko": "메시지를 입력하세요…", "en": "Write a message…"}[wanted]
    )
    write(page, "hi")

    assert [ticket["language"] for ticket in shop.tickets] == [wanted]
