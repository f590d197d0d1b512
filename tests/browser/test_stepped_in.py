"""A supervisor who has stepped in writes as an agent does: saved replies, templates, second thoughts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shared.domain.desk.agent_view import AgentView
from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.domain.template import Template
from shared.domain.times import iso
from tests.support.asked import Asked
from tests.support.browser import violations
from tests.support.lone_page import ME, card, line
from tests.support.lone_staff import LoneStaff

CLOSES = (ReplyAction("close", "solved"),)
SORRY = SavedReply(
    "sorry", "사과", "Apology", "죄송합니다, {customer} 님", "Sorry, {customer}, on {day}", CLOSES
)
BOSS = replace(ME, name="The boss", groups=("supervisor",))
TEMPLATE = Template("sms", "late", "en", "utility", "Your parcel is late until {{1}}.", ("day",))
CASE = "/cases/case-C0"


@dataclass
class LoneSupervisor(LoneStaff):
    """The page of a supervisor who reads the case of C0 along, and has `stepped_in`."""

    STANDS: ClassVar[str] = "pb-look .lines"

    agent: AgentView = BOSS
    busy: bool = False
    stepped_in: bool = True

    def look(self, **options: Any) -> Page:
        self.has("C0", 3)
        known = card("C0", 3)
        inside = {BOSS.id: BOSS.name} if self.stepped_in else {}
        self.cards["C0"] = replace(known, cases=(replace(known.cases[0], owner="B", stepped_in=inside),))
        return self.open("/supervisor?talk=case-C0.C0", **options)

    def answer(self, asked: Asked) -> Any:
        if asked.path == "/saved-replies":
            return {"own": [], "team": [SORRY], "centre": "Patchbay"}
        if asked.path.startswith(CASE):
            return self._wrote(asked)
        return super().answer(asked)

    def _wrote(self, asked: Asked) -> dict[str, Any]:
        what = asked.path.removeprefix(f"{CASE}/")
        if what == "withdraw":
            return {"entry": line(6, kind="reply_withdrawn", facts={"reply_seq": 4})}
        text, held = str(asked.body.get("text")), iso(datetime.now(UTC) + timedelta(seconds=25))
        kind = "note_added" if what == "supervised" else "message_sent"
        told = {"kind": kind, "text": text, "delivery": "held", "held_until": held, "actor_name": BOSS.name}
        return {"entry": line(4, actor=f"agent:{BOSS.id}", **told)}

    @property
    def written(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What was asked of the case."""
        return [(one.path, one.body) for one in self.told if one.path.startswith(CASE)]


@pytest.fixture
def lone(chromium: Browser) -> Iterator[LoneSupervisor]:
    made = LoneSupervisor(chromium)
    made.me = {"undo": {"sms": 30}, "templates": [TEMPLATE]}
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
    expect(page.locator("pb-look .saved-used .place")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Friday")
    page.keyboard.press("Enter")


def test_a_saved_reply_is_filled_and_sent_and_what_it_does_besides_is_left_to_the_agent(
    lone: LoneSupervisor,
) -> None:
    page = lone.look()
    apologises(page)
    expect(page.locator("pb-look button.undo")).to_be_visible()

    (path, told), *others = lone.written
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

    assert lone.written[-1][1]["saved"] == "sorry"
    assert [path for path, _ in lone.written][-2:] == [f"{CASE}/withdraw", f"{CASE}/replies"]


def test_a_template_goes_out_with_its_places_filled(lone: LoneSupervisor) -> None:
    page = lone.look()
    page.locator("pb-look .template select").select_option(label="late · en")
    page.locator("pb-look .template-fields input").fill("Friday")
    page.locator("pb-look button.primary").click()
    expect(page.locator("pb-look button.undo")).to_be_visible()

    assert lone.written[-1][1]["template"] == {"name": "late", "language": "en", "parameters": ["Friday"]}


def test_a_note_goes_to_the_agent_and_never_to_the_customer(lone: LoneSupervisor) -> None:
    page = lone.look()
    page.locator("pb-look input[value=note]").check()
    area(page).press_sequentially("Offer a refund")  # each key arrives
    page.keyboard.press("Enter")
    expect(page.locator("pb-look .line.note", has_text="Offer a refund")).to_be_visible()

    assert [(path, told["act"]) for path, told in lone.written] == [(f"{CASE}/supervised", "note")]


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
