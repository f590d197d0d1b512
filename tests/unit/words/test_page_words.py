"""Every sentence of the staff's pages is there in English and Korean, and none is asked for that is not."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.domain.routing.staff import Presence, RoutingStatus
from shared.domain.timeline.entry import Delivery, Kind

WEB = Path(__file__).parents[3] / "functions/desk_api/web"
TEXT = r'"((?:[^"\\]|\\.)*)"'
TWIN = re.compile(rf'"([a-z_]+(?:\.[\w.]+)+)":\s*\[\s*{TEXT},\s*{TEXT},?\s*\]')
KEY = re.compile(r'^\s*"([a-z_]+(?:\.[\w.]+)+)":', re.MULTILINE)
ASKED = re.compile(r'\b(?:say|sayOr|knows)\(\s*(?:"([\w.]+)"|`([\w.]*)\$\{)')
ALONE = re.compile(r'\bsay\("([\w.]+)"\)')
GIVEN = re.compile(r'\bsay\("([\w.]+)", \{([^{}]*)\}\)')
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*$", re.MULTILINE | re.DOTALL)
HANGUL = re.compile(r"[가-힣]")
# A name, or nothing but places: the same in both languages.
NO_WORDS = re.compile(r"^(Patchbay|ended|[^A-Za-z]|\{\w+\})*$")
# English words that stand for what only Korean has.
KOREAN_INSIDE = {"search.hint", "command.language"}
# Words as a reader gets them, and never through `say`.
LITERAL = (
    re.compile(r'(?:"aria-label"|placeholder|title): "([A-Za-z][^"]*)"'),
    re.compile(r'\bh\("[^"]+", \{[^{}]*\}, "([A-Za-z][^"]*)"'),
)
NAMES = {"English", "한국어"}
# Said in a way of their own, or shown to nobody.
NO_LINE = {Kind.MESSAGE_RECEIVED, Kind.MESSAGE_SENT, Kind.NOTE_ADDED, Kind.PRESENCE_CHANGED}


class Twin(NamedTuple):
    english: str
    korean: str


@cache
def sources() -> dict[str, str]:
    """The pages' modules, without what only their readers are told."""
    found = sorted(WEB.rglob("*.js"))
    return {path.relative_to(WEB).as_posix(): COMMENT.sub("", path.read_text()) for path in found}


@cache
def twins() -> dict[str, Twin]:
    return {key: Twin(en, ko) for text in sources().values() for key, en, ko in TWIN.findall(text)}


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_are_words_and_each_has_two_languages() -> None:
    alone = {key for name, text in sources().items() if "words" in name for key in KEY.findall(text)}

    assert len(twins()) > 1000
    assert alone - set(twins()) == set()


@pytest.mark.parametrize("key", sorted(twins()))
def test_a_sentence_and_its_twin_say_the_same(key: str) -> None:
    english, korean = twins()[key]

    assert english.strip() and korean.strip()
    assert places(english) == places(korean)
    assert HANGUL.search(korean) or NO_WORDS.match(korean), korean
    assert not HANGUL.search(english) or key in KOREAN_INSIDE, english


def test_a_page_asks_for_no_sentence_that_is_not_there() -> None:
    asked = [found for text in sources().values() for found in ASKED.findall(text)]
    whole, begun = {key for key, _ in asked if key}, {start for key, start in asked if not key}

    assert whole - set(twins()) == set()
    assert {start for start in begun if not any(key.startswith(start) for key in twins())} == set()


def test_what_a_sentence_names_is_given_to_it() -> None:
    for name, text in sources().items():
        for key in ALONE.findall(text):
            assert places(twins()[key].english) == set(), f"{name}: {key}"
        for key, given in GIVEN.findall(text):
            said = set(re.findall(r"(?:^|,)\s*(\w+)", given))
            assert "..." in given or places(twins()[key].english) <= said, f"{name}: {key}"


def test_no_module_says_something_in_one_language_alone() -> None:
    loose = [
        f"{name}: {words}"
        for name, text in sources().items()
        for pattern in LITERAL
        for words in pattern.findall(text)
        if words not in NAMES
    ]

    assert loose == []


@pytest.mark.parametrize("page", sorted(WEB.glob("*.html")), ids=lambda one: one.stem)
def test_who_has_no_scripts_is_told_so_in_both_languages(page: Path) -> None:
    (said,) = re.findall("<noscript>(.*?)</noscript>", page.read_text())

    assert "JavaScript" in said and HANGUL.search(said)


def test_whatever_the_centre_names_has_its_word() -> None:
    known = set(twins())

    assert {f"entry.{kind}" for kind in set(Kind) - NO_LINE} - known == set()
    assert {f"delivery.{state}" for state in Delivery} - known == set()
    assert {f"presence.{presence}" for presence in Presence} - known == set()
    assert {f"routing.{status}" for status in RoutingStatus} - known == set()
