"""A question with choices: pressed in the widget, shown at the desk; a whole menu clicked through."""

from playwright.sync_api import Page, expect

from tests.support.shop import Shop

CHOICES = [
    {"id": "delivery", "label": "Delivery", "description": "Where is my order?"},
    {"id": "refund", "label": "환불 <b>"},
]
BUTTONS = "patchbay-chat .choices button"
MINE = "patchbay-chat .mine"


def write(page: Page, text: str) -> None:
    page.locator("patchbay-chat textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(f"{MINE}.accepted").last).to_contain_text(text)


def test_a_choice_is_pressed_once_and_the_question_keeps_its_words(shop: Shop) -> None:
    page = shop.open()
    write(page, "Hello")
    shop.say(7, "What about?", choices=CHOICES, shown="buttons")
    expect(page.locator(BUTTONS)).to_have_text(["DeliveryWhere is my order?", "환불 <b>"])

    page.get_by_role("button", name="환불").click()

    expect(page.locator(BUTTONS)).to_have_count(0)
    expect(page.locator(f"{MINE}.accepted .text").last).to_have_text("환불 <b>")
    (chosen,) = [frame for frame in shop.heard if frame["action"] == "choose"]
    assert (chosen["choice"], chosen["of"]) == ("refund", 7)
    assert (
        page.evaluate("document.querySelector('patchbay-chat').shadowRoot.activeElement.className") == "log"
    )


def test_only_the_last_question_can_be_answered_also_after_the_page_was_loaded_again(shop: Shop) -> None:
    context = shop.visitor()
    page = shop.open(context)
    write(page, "Hello")
    for seq, text in ((1, "First?"), (2, "Second?")):
        shop.say(seq, text, choices=CHOICES, shown="list")
    expect(page.locator("patchbay-chat .choices")).to_have_count(1)

    page.reload()

    expect(page.locator("patchbay-chat .theirs", has_text="Second?").locator("button")).to_have_count(2)
    expect(page.locator("patchbay-chat .choices.list")).to_have_count(1)


def test_whoever_types_needs_no_button(shop: Shop) -> None:
    page = shop.open()
    write(page, "Hello")
    shop.say(1, "What about?", choices=CHOICES, shown="buttons")
    expect(page.locator(BUTTONS)).to_have_count(2)

    write(page, "1")

    expect(page.locator(BUTTONS)).to_have_count(0)
