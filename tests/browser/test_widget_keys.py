"""Keys in the widget: the page around it hears none of them, and input methods keep theirs."""

from playwright.sync_api import expect

from tests.support.composing import TWICE_ON_A_MAC, press, press_all
from tests.support.shop import Shop

# A page that listens wherever it can but in one place: who captures on the window, and came first, hears all.
LISTENS = """<script>
  window.keys = [];
  for (const type of ["keydown", "keypress", "keyup"])
    for (const place of [window, document, document.documentElement])
      for (const capture of [false, true])
        if (place !== window || !capture)
          place.addEventListener(type, (event) => window.keys.push(event.key), capture);
</script>"""
POPOVER = """<div id="menu" popover>A menu of the shop</div>"""


def test_the_page_hears_no_key_that_is_pressed_in_the_widget(shop: Shop) -> None:
    shop.head, shop.body = LISTENS, POPOVER
    page = shop.open()
    box = page.locator("patchbay-chat textarea")

    box.press_sequentially("/ search k?")
    box.press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_be_visible()
    page.evaluate("document.querySelector('#menu').showPopover()")
    page.locator("patchbay-chat button", has_text="SMS").press("Enter")
    page.locator("patchbay-chat #phone").fill("010-1234-5678")
    page.locator("patchbay-chat #phone").press("Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(2)
    box.press("Escape")

    expect(page.locator("patchbay-chat .panel")).to_be_hidden()
    assert page.evaluate("document.querySelector('#menu').matches(':popover-open')")
    assert page.evaluate("window.keys") == []
    page.locator("#search").press("k")
    assert set(page.evaluate("window.keys")) == {"k"}


def test_escape_closes_a_question_before_the_widget(shop: Shop) -> None:
    page = shop.open()
    page.locator("patchbay-chat textarea").fill("hi")
    page.keyboard.press("Enter")
    page.locator("patchbay-chat button", has_text="End chat").first.click()

    page.keyboard.press("Escape")
    expect(page.get_by_text("End this chat?")).to_be_hidden()
    expect(page.locator("patchbay-chat .panel")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("patchbay-chat .panel")).to_be_hidden()


def test_enter_and_escape_of_an_input_method_neither_send_nor_close(shop: Shop) -> None:
    page = shop.open()
    box = page.locator("patchbay-chat textarea")
    box.fill("안녕하세")

    press_all(box)
    expect(box).to_have_value("안녕하세")
    expect(page.locator("patchbay-chat .mine")).to_have_count(0)

    press(box, TWICE_ON_A_MAC, "Enter")
    expect(page.locator("patchbay-chat .mine.accepted")).to_have_count(1)
