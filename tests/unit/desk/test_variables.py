"""Places in saved texts: filled where something is known, asked for where not, and never sent empty."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.variables import filled, left_open, places
from tests.support import node

NAMES = st.from_regex(r"[a-z가-힣_][a-z0-9가-힣_.]{0,10}", fullmatch=True)
PLAIN = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=12)


def texts(names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[str]:
    return st.lists(PLAIN | names.map("{{{}}}".format), max_size=8).map("".join)


def test_places_are_named_once_in_their_order() -> None:
    assert places("{customer}, {case}: {customer} {배송일} {field.plan}") == (
        "customer",
        "case",
        "배송일",
        "field.plan",
    )


@pytest.mark.parametrize("text", ["{}", "{ a}", "{1a}", "{a b}", "{a", "a}", "{{}}", "{" + "a" * 41 + "}"])
def test_other_braces_are_no_places(text: str) -> None:
    assert places(text) == ()


def test_a_blank_value_fills_nothing() -> None:
    assert filled("Dear {customer}", {"customer": "  "}) == "Dear {customer}"


def test_a_value_with_braces_is_not_looked_into() -> None:
    assert filled("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


@given(texts())
def test_with_every_value_nothing_is_left_open(text: str) -> None:
    values = dict.fromkeys(places(text), "x")

    assert left_open(filled(text, values), text) == ()


@given(texts())
def test_without_values_the_text_stays_and_all_is_open(text: str) -> None:
    assert filled(text, {}) == text
    assert left_open(text, text) == places(text)


@given(texts(), st.sets(NAMES))
def test_exactly_the_places_without_a_value_stay_open(text: str, known: set[str]) -> None:
    done = filled(text, dict.fromkeys(known, "x"))

    assert set(left_open(done, text)) == set(places(text)) - known


def test_what_an_agent_writes_in_braces_is_their_own_word() -> None:
    assert left_open("Press {Enter}", "Dear {customer}") == ()


@node.needs_node
def test_the_page_reads_places_as_the_centre_does() -> None:
    samples = ["{customer} {배송일}, {field.plan}!", "{} {1a} {a b} {a", "{a}{b}{a}", "x {_y} {Ä}"]
    values = {"customer": "Kim {a}", "배송일": " ", "a": "1", "Ä": "ok"}

    seen = node.run(f"""
        const {{ filled, places }} = await import("%/desk/saved/variables.js");
        say({json.dumps(samples)}.map((one) => [places(one), filled(one, {json.dumps(values)})]));
    """)

    assert seen == [[list(places(one)), filled(one, values)] for one in samples]


@node.needs_node
@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("배송", True),
        ("배", True),
        ("ㅂㅅ", True),
        ("배ㅅ", True),
        ("조회 배송", True),
        ("DELIVERY", True),
        ("where parcel", True),
        ("환불", False),
        ("z", False),
        ("바", False),
        ("쿠", False),
        ("ㅎㅂ", False),
        ("delivery refund", False),
    ],
)
def test_a_saved_reply_is_found_by_any_word_half_typed_or_by_initials(typed: str, fits: bool) -> None:
    seen = node.run(f"""
        const {{ matches }} = await import("%/desk/saved/match.js");
        say(matches(["배송 조회 안내", "Delivery", "Where is my parcel?"], {json.dumps(typed)}));
    """)

    assert seen is fits


@node.needs_node
def test_own_ones_come_first_and_titles_before_texts() -> None:
    seen = node.run("""
        const { found } = await import("%/desk/saved/match.js");
        const one = (code, own, title_en, text_en) =>
          ({ code, own, title_en, text_en, title_ko: "", text_ko: "" });
        const team = [one("t1", false, "Other", "refund"), one("t2", false, "Refund", "")];
        const all = [...team, one("o1", true, "Mine", "refund")];
        say(found(all, "refund").map(({ code }) => code));
    """)

    assert seen == ["o1", "t2", "t1"]
