"""Two versions of the settings differ in lines that people read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from shared.domain.calls import Calls
from shared.domain.hours import Hours
from shared.domain.queue import Need, Ring
from shared.domain.settings.diff import LONGEST, differences
from shared.domain.settings.document import Document
from shared.domain.settings.said import told_difference
from shared.domain.words.of_fields import FIELDS
from shared.domain.words.of_versions import HOW, PARTS
from tests.support.flows import WELCOME
from tests.support.some_settings import documents
from tests.support.teahouse import teahouse, with_queue


def lines(before: Document, after: Document, language: str = "en") -> list[str]:
    return [told_difference(one, language) for one in differences(before, after)]


def members(told: Document, **changes: Any) -> Document:
    return replace(told, members=(replace(told.members[0], **changes), *told.members[1:]))


GONE = "removed: finishes what they have and gets nothing new"
CHANGES: dict[str, Callable[[Document], Document]] = {
    "queue billing: priority 3 → 1": lambda told: with_queue(told, 1, priority=1),
    "queue billing: needs billing 2 → billing 2, english 4": lambda told: with_queue(
        told, 1, needs=(Need("billing", 2), Need("english", 4))
    ),
    "queue billing: rings 30 s −english, 90 s +generalists → 30 s −english": lambda told: with_queue(
        told, 1, rings=(Ring(30, ("english",)),)
    ),
    "queue billing: overflow main 300 s → –": lambda told: with_queue(told, 1, overflow=None),
    "queue main: keeps age ✓ → –": lambda told: with_queue(told, 0, keeps_age=False),
    "queue main: hours – → mon-fri 09:00-18:00; KR": lambda told: with_queue(
        told, 0, hours=Hours(("mon-fri 09:00-18:00",), (), "", "KR")
    ),
    "centre: acw seconds 60 → 30": lambda told: replace(told, centre=replace(told.centre, acw_seconds=30)),
    "centre: calls record, delete_recordings, announce_listening, own_phones → browser": lambda told: replace(
        told, centre=replace(told.centre, calls=Calls(own_phones=False, browser=True))
    ),
    "agent agent.one@example.test: phone +821055500001 → –": lambda told: members(told, phone=""),
    "agent agent.one@example.test: profile billing → generalists": lambda told: members(
        told, profile="generalists"
    ),
    "agent agent.two@example.test: removed: finishes what they have and gets nothing new": lambda told: (
        replace(told, members=told.members[:1])
    ),
    "flow welcome: added (hello; ": lambda told: replace(told, flows=(WELCOME,)),
    "queue: order main, billing, nights → nights, billing, main": lambda told: replace(
        told, centre=replace(told.centre, queues=told.centre.queues[::-1])
    ),
    "rule 1: removed": lambda told: replace(told, centre=replace(told.centre, rules=())),
}


@pytest.mark.parametrize("line", CHANGES)
def test_a_change_is_a_line_that_says_what_it_was_and_what_it_is(line: str, tmp_path: Path) -> None:
    before = teahouse(tmp_path)

    told = lines(before, CHANGES[line](before))

    assert told[0].startswith(line) if line.endswith("; ") else line in told


def test_a_change_is_said_in_korean_too(tmp_path: Path) -> None:
    before = teahouse(tmp_path)

    assert lines(before, with_queue(before, 1, priority=1), "ko") == ["대기열 billing: 우선순위 3 → 1"]


def test_the_days_of_public_holidays_are_told_by_their_number(tmp_path: Path) -> None:
    before = teahouse(tmp_path)
    days = Hours(closed=("2026-01-01", "2026-12-25"))

    assert lines(before, with_queue(before, 0, hours=days)) == [
        "queue main: hours – → 24/7; 2 × 2026-01-01…2026-12-25"
    ]


def test_a_long_value_is_cut_where_it_is_told(tmp_path: Path) -> None:
    before = teahouse(tmp_path)

    (found,) = differences(before, with_queue(before, 0, label_ko="가" * 5000))

    assert len(found.after) == LONGEST


@settings(max_examples=40)
@given(documents(), documents())
def test_two_documents_differ_in_nothing_exactly_when_they_are_the_same(
    one: Document, other: Document
) -> None:
    assert (differences(one, other) == ()) is (one == other)
    assert differences(one, one) == ()


@settings(max_examples=30)
@given(documents(), documents())
def test_every_difference_can_be_said_in_both_languages(one: Document, other: Document) -> None:
    for found in differences(one, other):
        assert all(told_difference(found, language) for language in ("ko", "en"))


def test_all_words_of_versions_are_there_in_both_languages() -> None:
    assert all({*words} == {"ko", "en"} for table in (PARTS, HOW) for words in table.values())
    assert all(any("가" <= sign <= "힣" for sign in word) for word in FIELDS.values())
