"""Ctrl+K on a desk without a centre: commands, customers and cases by the keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.twins.store import MemoryStore
from shared.domain.change import Put
from shared.domain.customer.kept import Case
from shared.domain.desk.find_rows import case_row
from shared.domain.errors import Refused
from shared.domain.saved_reply import SavedReply
from shared.domain.words.to_staff import sentence
from tests.support.asked import Asked
from tests.support.browser import violations
from tests.support.found import NOVEMBER, keep, search, somebody
from tests.support.house import NARROW
from tests.support.lone_desk import LoneDesk

DELAY = SavedReply("delay", "배송 지연", "Late parcel", "늦어서 죄송합니다.", "I am sorry that it is late.")
MINSU = somebody("C1", "김민수", "+821012344711", tags=["vip"])


@dataclass
class Finding(LoneDesk):
    """Its GET /find is the real search over a table in memory."""

    store: MemoryStore = field(default_factory=MemoryStore)
    searched: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> Any:
        if asked.path == "/saved-replies":
            return {"own": [], "team": [asdict(DELAY)], "centre": "Patchbay"}
        if asked.path != "/find":
            return super().answer(asked)
        text, cursor = asked.query.get("q", ""), asked.query.get("cursor", "")
        self.searched.append(text)
        try:
            return asdict(search(self.store, text, cursor))
        except Refused as refused:
            return {"items": [], "next": None, "refused": sentence(refused.code, "en")}


@pytest.fixture
def centre_of_one(chromium: Browser) -> Iterator[Finding]:
    made = Finding(chromium)
    made.has("C0", 3)
    made.lines["C1"] = []
    made.has("C1", 2)
    keep(
        made.store,
        MINSU,
        *(somebody(f"M{n}", f"김미{'가나다라마'[n % 5]}", f"+8210{n:04}0000") for n in range(45)),
    )
    made.store.commit(Put(Case("C0", "case-C0", "7KQ2MZ", NOVEMBER, "main", "sms")))
    made.store.commit(Put(case_row("case-C0", "7KQ2MZ", "C0", "Customer C0")))
    yield made
    made.leave()
    assert made.wrong == []


def opened(desk: Page, text: str = "") -> Locator:
    desk.keyboard.press("Control+k")
    box = desk.locator("dialog.palette").get_by_role("combobox")
    box.fill(text)
    return box


def option(desk: Page, text: str | re.Pattern[str]) -> Locator:
    return desk.locator("dialog.palette").get_by_role("option").filter(has_text=text)


def test_a_customer_is_found_by_initials_and_last_digits_and_opened_by_enter(centre_of_one: Finding) -> None:
    desk = centre_of_one.open()

    opened(desk, "ㄱㅁㅅ 4711")
    expect(option(desk, "김민수")).to_contain_text("010-1234-4711 · #vip · last contact Nov 2026")
    assert violations(desk) == []
    desk.keyboard.press("Enter")

    desk.wait_for_url("**/desk#case-C1.C1")
    expect(desk.locator("dialog")).to_have_count(0)
    expect(desk.locator("pb-timeline")).to_contain_text("Line 2 of C1")


def test_enter_pressed_at_once_means_what_was_typed(centre_of_one: Finding) -> None:
    """Not the first of what stood there before, which would set a presence."""
    desk = centre_of_one.open("/desk#case-C0.C0")
    expect(desk.locator("pb-composer textarea")).to_be_visible()

    opened(desk)
    expect(option(desk, "Presence: Break")).to_be_visible()
    desk.locator("dialog.palette").get_by_role("combobox").fill("write a n")
    desk.keyboard.press("Enter")

    expect(desk.locator("[name=mode][value=note]")).to_be_checked()
    expect(desk.locator("pb-composer textarea")).to_be_focused()
    assert "PUT /me/presence" not in centre_of_one.asked


def test_back_leads_from_a_look_to_the_results_and_escape_takes_them_from_the_address(
    centre_of_one: Finding,
) -> None:
    desk = centre_of_one.open()
    opened(desk, "김민수")
    expect(option(desk, re.compile("^김민수"))).to_be_visible()
    assert unquote(desk.url).endswith("/desk?find=김민수")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk#case-C1.C1")

    desk.go_back()
    box = desk.locator("dialog.palette").get_by_role("combobox")
    expect(box).to_have_value("김민수")
    expect(option(desk, re.compile("^김민수"))).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")

    expect(desk.locator("dialog")).to_have_count(0)
    desk.wait_for_url("**/desk")


def test_a_reload_opens_the_search_again(centre_of_one: Finding) -> None:
    desk = centre_of_one.open("/desk?find=4711")

    expect(desk.locator("dialog.palette").get_by_role("combobox")).to_have_value("4711")
    expect(option(desk, "김민수")).to_be_visible()


def test_a_case_is_found_by_its_number(centre_of_one: Finding) -> None:
    desk = centre_of_one.open()

    opened(desk, "7kq2mz")
    expect(option(desk, "Case 7KQ2MZ")).to_contain_text("Customer C0 · open")
    desk.keyboard.press("Enter")

    desk.wait_for_url("**/desk#case-C0.C0")


def test_more_results_are_shown_when_they_are_asked_for(centre_of_one: Finding) -> None:
    desk = centre_of_one.open()

    opened(desk, "김미")
    people = option(desk, re.compile("^김(미|민수)"))
    expect(people).to_have_count(20)
    option(desk, "Show more").click()
    expect(people).to_have_count(40)
    option(desk, "Show more").click()

    expect(people).to_have_count(46)
    expect(option(desk, "Show more")).to_have_count(0)


def test_a_saved_reply_is_found_and_goes_into_the_text(centre_of_one: Finding) -> None:
    desk = centre_of_one.open("/desk#case-C0.C0")
    expect(desk.locator("pb-composer textarea")).to_be_visible()

    opened(desk, "late par")
    expect(option(desk, "Late parcel")).to_be_visible()
    desk.keyboard.press("Enter")

    expect(desk.locator("pb-composer textarea")).to_have_value("I am sorry that it is late.")


def test_too_little_is_not_asked_and_said(centre_of_one: Finding) -> None:
    desk = centre_of_one.open()

    opened(desk, "7")

    status = desk.locator("dialog.palette").get_by_role("status")
    expect(status).to_have_text("Type 2 characters or more; of a number the last 4 digits.")
    assert centre_of_one.searched == []


@pytest.mark.parametrize(
    ("locale", "words"), [("en-GB", "Nobody is found"), ("ko-KR", "찾은 고객이 없습니다")]
)
def test_that_nobody_is_found_is_said_beside_the_door_to_the_texts(
    centre_of_one: Finding, locale: str, words: str
) -> None:
    desk = centre_of_one.open(locale=locale)
    desk.keyboard.press("Control+k")
    dialog = desk.locator("dialog.palette")
    dialog.get_by_role("combobox").fill("nobodyhere")

    expect(dialog.get_by_role("status")).to_contain_text(words)
    expect(dialog.locator(".options-status")).not_to_have_class(re.compile("unseen"))
    expect(dialog.get_by_role("option")).to_have_count(1)
    assert violations(desk) == []


def test_a_half_typed_syllable_is_searched_as_it_stands(centre_of_one: Finding) -> None:
    """The Korean input method is still at work on it."""
    desk = centre_of_one.open()
    opened(desk)
    client = desk.context.new_cdp_session(desk)

    for text in ("기", "김", "김ㅁ", "김민", "김민ㅅ"):
        end = len(text)
        client.send("Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end})

    expect(option(desk, "김민수")).to_be_visible()
    assert "김민ㅅ" in centre_of_one.searched


def test_ctrl_k_works_in_a_text_field_and_the_focus_comes_back(centre_of_one: Finding) -> None:
    desk = centre_of_one.open("/desk#case-C0.C0")
    field = desk.locator("pb-composer textarea")
    field.fill("Half a sentence")

    opened(desk)
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")

    expect(field).to_be_focused()
    expect(field).to_have_value("Half a sentence")


@pytest.mark.parametrize("options", [{"locale": "ko-KR"}, {"locale": "ko-KR", "color_scheme": "dark"}])
def test_it_reads_well_narrow_in_korean_and_has_no_findings(
    options: dict[str, str], centre_of_one: Finding
) -> None:
    centre_of_one.agent = replace(centre_of_one.agent, language="ko")
    desk = centre_of_one.open(viewport=NARROW)

    desk.get_by_role("button", name=re.compile("^찾기")).click()
    expect(option(desk, "상태: 휴식")).to_be_visible()
    assert violations(desk) == []
    desk.locator("dialog.palette").get_by_role("combobox").fill("ㄱㅁ")
    expect(option(desk, re.compile("김미")).first).to_be_visible()

    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
