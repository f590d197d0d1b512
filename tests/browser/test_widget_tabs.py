"""Two tabs are one visitor and show the same; what one knew is there after a reload."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.support.shop import Shop

TEXTS = "patchbay-chat .text"


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/")
    page.locator("patchbay-chat button.launch").click()
    return page


def write(page: Page, text: str) -> None:
    page.locator("patchbay-chat textarea").fill(text)
    page.keyboard.press("Enter")


def test_two_tabs_are_one_visitor_and_show_the_same(shop: Shop) -> None:
    context = shop.visitor()
    one, other = opened(context), opened(context)

    write(one, "from one")
    write(other, "from the other")
    expect(one.locator(".mine.accepted")).to_have_count(2)
    shop.say(5, "second answer")
    shop.say(4, "first answer")
    for page in (one, other):
        expect(page.locator(TEXTS)).to_contain_text(
            ["Hello!", "from one", "from the other", "first answer", "second answer"]
        )
        expect(page.locator(".mine.accepted")).to_have_count(2)
    assert shop.said() == ["from one", "from the other"]
    assert len({ticket.get("visitor") for ticket in shop.tickets} - {None}) == 1

    one.get_by_role("button", name="End chat").first.click()
    one.locator("patchbay-chat form.number button.main", has_text="End chat").click()
    expect(other.locator(TEXTS)).to_have_count(1)
    expect(one.locator(TEXTS)).to_have_count(1)


def test_tabs_that_begin_in_the_same_moment_are_one_visitor_as_well(shop: Shop) -> None:
    context = shop.visitor()
    shop.unreachable = True
    pages = [opened(context), opened(context)]
    for n, page in enumerate(pages):
        write(page, f"from {n}")
    shop.unreachable = False

    for page in pages:
        expect(page.locator(".mine.accepted")).to_have_count(2)
    write(pages[0], "and on")
    expect(pages[1].locator(".mine.accepted")).to_have_count(3)
    kept = pages[0].evaluate("JSON.parse(localStorage['patchbay.chat']).visitor")
    assert [ticket.get("visitor") for ticket in shop.tickets][-1] in {kept, None}
    assert set(shop.said()) == {"from 0", "from 1", "and on"}


def test_a_state_only_rises(shop: Shop) -> None:
    context = shop.visitor()
    one, other = opened(context), opened(context)
    write(one, "hello")
    expect(other.locator(".mine.accepted")).to_have_count(1)

    shop.refuse(shop.heard[-1]["id"], "An answer that was late")
    shop.say(2, "after it")
    expect(one.locator(TEXTS)).to_have_count(3)

    for page in (one, other):
        expect(page.locator(".mine")).to_have_class("mine accepted")


def test_a_refused_message_is_tried_again_in_one_tab_and_sent_in_both(shop: Shop) -> None:
    context = shop.visitor()
    one, other = opened(context), opened(context)
    shop.silent.add("message")
    write(one, "hello")
    expect(one.locator(".mine.sending")).to_have_count(1)
    shop.refuse(shop.heard[-1]["id"], "Not this.")
    for page in (one, other):
        expect(page.locator(".mine.failed")).to_contain_text("Not this.")

    shop.silent.clear()
    other.get_by_role("button", name="Try again").click()

    for page in (one, other):
        expect(page.locator(".mine.accepted")).to_have_count(1)


def test_drafts_and_what_is_unread_survive_a_reload(shop: Shop) -> None:
    context = shop.visitor()
    page = opened(context)
    write(page, "hello")
    expect(page.locator(".mine.accepted")).to_have_count(1)
    page.locator("patchbay-chat textarea").fill("half a sent")
    page.keyboard.press("Escape")
    badge = page.locator("patchbay-chat .badge")
    shop.say(2, "We are here")
    shop.say(3, "Are you?")
    expect(badge).to_have_text("2")

    page.reload()
    expect(badge).to_have_text("2")
    other = context.new_page()
    other.goto("/")
    expect(other.locator("patchbay-chat .badge")).to_have_text("2")
    page.locator("patchbay-chat button.launch").click()
    expect(page.locator("patchbay-chat textarea")).to_have_value("half a sent")
    expect(page.locator(TEXTS)).to_contain_text(["Hello!", "hello", "We are here", "Are you?"])

    expect(other.locator("patchbay-chat .badge")).to_be_hidden()
    for seq in range(4, 110):
        shop.say(seq, f"line {seq}")
    page.keyboard.press("Escape")
    for seq in range(110, 212):
        shop.say(seq, f"line {seq}")
    expect(badge).to_have_text("100+")
