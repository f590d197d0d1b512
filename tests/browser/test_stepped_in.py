"""A supervisor who has stepped in writes as an agent does: saved replies, templates, second thoughts."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.domain.template import Template
from shared.domain.times import iso
from tests.support.browser import violations
from tests.support.lone_desk import ME, LoneDesk, card, line

CLOSES = (ReplyAction("close", "solved"),)
SORRY = SavedReply(
    "sorry", "사과", "Apology", "죄송합니다, {customer} 님", "Sorry, {customer}, on {day}", CLOSES
)
BOSS = replace(ME, name="The boss", groups=("supervisor",))
TEMPLATE = Template("sms", "late", "en", "utility", "Your parcel is late until {{1}}.", ("day",))
CASE = "/cases/case-C0"
PAGE = {"/figures", "/live", "/open", "/agents", "/notices", "/ledger", "/reports", "/terms"}


@dataclass
class LoneSupervisor(LoneDesk):
    """The page of a supervisor who reads the case of C0 along, and has `stepped_in`."""

    first_sight: str = "pb-look .lines"
    stepped_in: bool = True

    def look(self, **options: Any) -> Page:
        self.has("C0", 3)
        known = card("C0", 3)
        inside = {BOSS.id: BOSS.name} if self.stepped_in else {}
        self.cards["C0"] = replace(known, cases=(replace(known.cases[0], owner="B", stepped_in=inside),))
        return self.open("/supervisor?talk=case-C0.C0", **options)

    def _serve(self, route: Route) -> None:
        """Of the page around the panel nothing is answered."""
        if urlsplit(route.request.url).path.removeprefix("/api") in PAGE:
            return route.fulfill(status=403, json={})
        return super()._serve(route)

    def _answer(self, path: str, asked: dict[str, list[str]]) -> Any:
        if path == "/session/refresh":
            return {"id_token": "token", "expires_in": 3600, "agent": asdict(BOSS)}
        if path == "/saved-replies":
            return {"own": [], "team": [asdict(SORRY)], "centre": "Patchbay"}
        if path.startswith(CASE):
            return self._wrote(path.removeprefix(f"{CASE}/"))
        return super()._answer(path, asked)

    def _wrote(self, what: str) -> dict[str, Any]:
        if what == "withdraw":
            return {"entry": asdict(line(6, kind="reply_withdrawn", facts={"reply_seq": 4}))}
        text, held = str(self.told[-1][1].get("text")), iso(datetime.now(UTC) + timedelta(seconds=25))
        kind = "note_added" if what == "supervised" else "message_sent"
        told = {"kind": kind, "text": text, "delivery": "held", "held_until": held, "actor_name": BOSS.name}
        return {"entry": asdict(line(4, actor=f"agent:{BOSS.id}", **told))}


@pytest.fixture
def lone(chromium: Browser) -> Iterator[LoneSupervisor]:
    made = LoneSupervisor(chromium)
    made.me = {"agent": asdict(BOSS), "cases": [], "undo": {"sms": 30}, "templates": [asdict(TEMPLATE)]}
    yield made
    made.leave()
    assert made.wrong == []


def area(page: Page) -> Locator:
    return page.locator("pb-look textarea")


def apologises(page: Page) -> None:
    """By the saved reply, with its place filled."""
    area(page).press("/")
    expect(page.locator("pb-look .tool-panel input")).to_be_focused()
    page.keyboard.type("apol")
    expect(page.locator("pb-look [role=option]")).to_have_count(1)
    expect(page.locator("pb-look [role=option]")).not_to_contain_text("close")
    page.keyboard.press("Enter")
    expect(page.locator("pb-look .tool-panel")).to_have_count(0)
    expect(area(page)).to_have_value("Sorry, Customer C0, on {day}")
    expect(area(page)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Friday")
    page.keyboard.press("Enter")


def test_a_saved_reply_is_filled_and_sent_and_what_it_does_besides_is_left_to_the_agent(
    lone: LoneSupervisor,
) -> None:
    page = lone.look()
    apologises(page)
    expect(page.locator("pb-look button.undo")).to_be_visible()

    (path, told), *others = lone.told[-1:]
    assert (path, told["text"], told["saved"]) == (
        f"{CASE}/replies",
        "Sorry, Customer C0, on Friday",
        "sorry",
    )
    assert not others and f"POST {CASE}/close" not in lone.asked


def test_an_answer_is_taken_back_into_the_field_with_the_saved_reply_it_was_made_of(
    lone: LoneSupervisor,
) -> None:
    page = lone.look()
    expect(page.locator("pb-look .hint")).to_contain_text("can be taken back for 30 s")
    apologises(page)
    page.locator("pb-look button.undo").click()
    expect(area(page)).to_have_value("Sorry, Customer C0, on Friday")
    area(page).fill("Sorry, Customer C0, on Monday")
    page.keyboard.press("Enter")
    expect(area(page)).to_have_value("")

    assert lone.told[-1][1]["saved"] == "sorry"
    assert [path for path, _ in lone.told][-2:] == [f"{CASE}/withdraw", f"{CASE}/replies"]


def test_a_template_goes_out_with_its_places_filled(lone: LoneSupervisor) -> None:
    page = lone.look()
    page.locator("pb-look .template select").select_option(label="late · en")
    page.locator("pb-look .template-fields input").fill("Friday")
    page.locator("pb-look button.primary").click()
    expect(page.locator("pb-look button.undo")).to_be_visible()

    assert lone.told[-1][1]["template"] == {"name": "late", "language": "en", "parameters": ["Friday"]}


def test_a_note_goes_to_the_agent_and_never_to_the_customer(lone: LoneSupervisor) -> None:
    page = lone.look()
    page.locator("pb-look input[value=note]").check()
    area(page).press_sequentially("Offer a refund")  # each key arrives
    page.keyboard.press("Enter")
    expect(page.locator("pb-look .line.note", has_text="Offer a refund")).to_be_visible()

    assert [(path, told["act"]) for path, told in lone.told if path.startswith(CASE)] == [
        (f"{CASE}/supervised", "note")
    ]


def test_who_has_not_stepped_in_writes_notes_alone(lone: LoneSupervisor) -> None:
    lone.stepped_in = False
    page = lone.look()

    expect(page.locator("pb-look input[value=reply]")).to_be_disabled()
    expect(page.locator("pb-look button[aria-label='Attach files']")).to_be_hidden()


@pytest.mark.parametrize("options", [{"locale": "ko-KR"}, {"viewport": {"width": 390, "height": 780}}])
def test_it_reads_well_in_korean_and_narrow(lone: LoneSupervisor, options: dict[str, Any]) -> None:
    page = lone.look(**options)

    expect(page.locator("pb-look .tools button").first).to_be_visible()
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
