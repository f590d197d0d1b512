"""Refusals as pages get them, and somebody whose session ended."""

from playwright.sync_api import Page, expect

from tests.support.asked import Refusal

TYPED = "Please call Minsu after six. 여섯 시 이후 전화."
REFUSED = {
    409: Refusal(409, "changed", "Somebody was faster. Look again."),
    429: Refusal(429),
    503: Refusal(503),
}
SAYS = {
    409: "Somebody was faster. Look again.",
    429: "Wait a few seconds and try again.",
    503: "Try again in a few seconds.",
}


def sign_in_again(page: Page) -> None:
    expect(page.locator("pb-login")).to_contain_text("Your session ended")
    page.locator("[name=email]").fill("agent@example.test")
    page.locator("[name=password]").fill("secret")
    page.locator("pb-login [type=submit]").click()
    expect(page.locator("pb-login")).to_have_count(0)
