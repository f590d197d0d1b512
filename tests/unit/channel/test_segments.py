"""SMS segments are counted as carriers do."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.providers.twilio_book import Book
from shared.domain.channel.segments import BASIC, EXTENDED, segments
from tests.support.segment_cases import SEGMENT_CASES

LETTERS = st.text(st.sampled_from(sorted(BASIC | EXTENDED)), max_size=1600)
ANY = st.text(st.sampled_from("a]€가\u00e7😀🏳"), max_size=1600)


@pytest.mark.parametrize("name", SEGMENT_CASES)
def test_the_table_of_cases(name: str) -> None:
    text, expected = SEGMENT_CASES[name]

    assert segments(text) == expected


def places(text: str) -> tuple[int, int, int]:
    """What the text takes, and the room of a single and of a joined segment, counted in bytes and escapes."""
    if set(text) <= BASIC | EXTENDED:
        return len(text) + sum(text.count(c) for c in EXTENDED), 160, 153
    return len(text.encode("utf-16-le")) // 2, 70, 67


@given(LETTERS | ANY)
def test_no_text_fits_into_fewer_and_only_halves_that_stay_whole_cost_more(text: str) -> None:
    taken, single, joined = places(text)

    if taken <= single:
        assert segments(text) == bool(text)
    else:
        assert ceil(taken / joined) <= segments(text) <= ceil(taken / (joined - 1))


@given(LETTERS | ANY, st.data())
def test_less_text_never_costs_more(text: str, data: st.DataObject) -> None:
    shorter = text[: data.draw(st.integers(0, len(text)))]

    assert segments(shorter) <= segments(text)


@given(st.text(st.sampled_from(sorted(BASIC)), max_size=1600))
def test_one_foreign_letter_never_makes_it_cheaper(text: str) -> None:
    assert segments(text + "가") >= segments(text + "a")


def test_the_stand_in_carrier_tells_the_same_number_both_ways() -> None:
    text = Book("+15005550006").add(inbound=False, sender="a", to="b", body="]" * 153)

    assert text.resource("AC1")["num_segments"] == "3"
    assert text.webhook("AC1")["NumSegments"] == "3"
