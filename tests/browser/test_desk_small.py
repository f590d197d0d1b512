"""Small things of the desk: bold words at once, a narrow bar that fits, an offer that is one line."""

from dataclasses import replace

from playwright.sync_api import expect

from shared.domain.desk.card_view import WayView
from tests.support.bare import Bare
from tests.support.lone_desk import LoneDesk
from tests.support.lone_page import card


def test_whoever_asks_for_bold_words_writes_on_at_once(lone_desk: LoneDesk) -> None:
    lone_desk.has("C0", 3)
    way = WayView("email", "ann@example.test", "ann@example.test", True, "", last=True)
    lone_desk.cards["C0"] = replace(card("C0", 3), reply_channels=(way,))
    page = lone_desk.open()
    page.get_by_role("button", name="Customer C0").click()

    page.get_by_role("button", name="Formatting").click()
    area = page.locator("pb-composer .rich-area")
    expect(area).to_be_focused()
    page.keyboard.type("Good news")

    expect(area).to_have_text("Good news")


def test_the_bar_of_a_narrow_desk_ends_where_the_page_does(lone_desk: LoneDesk) -> None:
    lone_desk.me = {"waiting": {"main": 12}}
    for locale in ("ko-KR", "en-GB"):
        page = lone_desk.open(viewport={"width": 390, "height": 844}, locale=locale)

        expect(page.locator(".top .waiting")).to_contain_text("12")
        box = page.locator(".top .person").bounding_box()

        assert box and box["x"] + box["width"] <= 390 - 8, locale


LOADED_LATER = """async () => {
  const { Lines } = await import("/desk/lines.js");
  const at = "2026-03-02T05:00:00Z";
  const told = [["offer_made", {}], ["assigned", {}]].map(([kind], n) => ({ id: `E${n}`, customer_id: "C0", seq: n + 1, kind, at, case_id: "K", actor: "system", facts: { offer_id: "O" } }));
  const timeline = { revision: 0, pending: [], entries: new Map(), order: () => [...timeline.entries.keys()].map((id) => ({ id })) };
  const lines = new Lines();
  lines.of(timeline, new Set());
  for (const one of told) timeline.entries.set(one.id, one);
  return lines.of(timeline, new Set()).filter(({ type }) => type === "entry").length;
}"""  # noqa: E501  # a script of a page


def test_an_offer_and_its_end_that_come_together_are_one_line(bare: Bare) -> None:
    """As when a page is loaded: the timeline is drawn empty first, then all its lines come at once."""
    assert bare.page().evaluate(LOADED_LATER) == 1
