"""What a text is found by: nothing that should be found is missed, and nothing else is shown."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.domain.errors import Refused
from shared.domain.excerpt import excerpt
from shared.domain.text_marks import LONGEST_QUERY, PIECE, asked, blind, folded, marks

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)
LATIN = st.text(st.sampled_from("abcdefghijkABCDEFGHIJKéßİŒ"), min_size=1, max_size=12)
NUMBER = st.text(st.sampled_from("0123456789"), min_size=1, max_size=12)
OTHER = st.text(st.sampled_from(" .,-!?()\n/😀ㅋ漢字かな"), min_size=1, max_size=3)
TEXTS = st.lists(st.one_of(HANGUL, LATIN, NUMBER, OTHER), min_size=1, max_size=12).map("".join)
ANYTHING = st.text(max_size=60)


def is_found(query: str, text: str) -> bool:
    """As the index and the check after it find it."""
    wanted = asked(query)
    return wanted.marks <= marks(text) and wanted.within(text)


@given(st.data(), TEXTS)
def test_any_two_neighbouring_syllables_of_a_text_are_found(data: st.DataObject, text: str) -> None:
    runs = [piece[0] for piece in PIECE.finditer(folded(text)) if piece["dense"] and len(piece[0]) > 1]
    assume(runs)
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))

    assert is_found(run[start:end], text)


@given(st.data(), TEXTS)
def test_any_beginning_of_three_letters_or_more_is_found(data: st.DataObject, text: str) -> None:
    words = [piece[0] for piece in PIECE.finditer(folded(text)) if piece["word"] and len(piece[0]) > 2]
    assume(words)
    word = data.draw(st.sampled_from(words))

    assert is_found(word[: data.draw(st.integers(3, len(word)))], text)


@given(st.data(), TEXTS)
def test_any_number_is_found_whole_and_by_its_last_four_digits(data: st.DataObject, text: str) -> None:
    numbers = [piece[0] for piece in PIECE.finditer(folded(text)) if piece["number"]]
    assume(numbers)
    number = data.draw(st.sampled_from(numbers))

    assert is_found(number, text)
    assert is_found(number[-4:], text)


@given(st.data(), TEXTS)
def test_several_words_of_a_text_are_found_together_in_any_order(data: st.DataObject, text: str) -> None:
    pieces = [p[0] for p in PIECE.finditer(folded(text)) if p["number"] or len(p[0]) > 2]
    assume(pieces)
    some = data.draw(st.permutations(pieces))[:5]

    assert is_found(" ".join(some), text)


@given(TEXTS, TEXTS)
def test_what_is_shown_contains_every_word_that_was_asked_for(query: str, text: str) -> None:
    try:
        wanted = asked(query)
    except Refused:
        return

    if wanted.within(text):
        assert all(term in folded(text) for term in wanted.terms)
        assert excerpt(text, wanted.terms).places


@given(ANYTHING, ANYTHING)
def test_no_text_and_no_question_breaks_it(text: str, query: str) -> None:
    try:
        wanted = asked(query)
    except Refused:
        return
    said = excerpt(text, wanted.terms)

    assert all(0 <= a < b <= len(said.text) for a, b in said.places)
    assert all(one[1] < other[0] for one, other in zip(said.places, said.places[1:], strict=False))


def test_a_text_is_found_however_its_syllables_are_stored_and_its_letters_are_written() -> None:
    apart = unicodedata.normalize("NFD", "배송 문의")

    assert is_found("배송", apart)
    assert is_found(apart, "배송 문의")
    assert is_found("REFUND", "a refund, please")


@pytest.mark.parametrize("query", ["", " ", "가", "ab", "a b 나", "!?", "ok 네"])
def test_a_question_that_no_mark_is_made_of_is_refused(query: str) -> None:
    with pytest.raises(Refused, match="query_too_short") as refused:
        asked(query)

    assert refused.value.status == 422


def test_a_question_of_endless_length_is_refused() -> None:
    with pytest.raises(Refused, match="query_too_long"):
        asked("가나 " * LONGEST_QUERY)


def test_marks_around_a_question_do_not_count() -> None:
    assert asked("“배송”, (환불)!").terms == ("배송", "환불")


def test_a_short_word_beside_a_long_one_is_compared_though_it_has_no_mark() -> None:
    assert is_found("as 센터", "AS 센터가 어디죠")
    assert not is_found("tv 센터", "AS 센터가 어디죠")


def test_blind_marks_tell_nothing_without_the_key_and_are_the_same_with_it() -> None:
    names = marks("배송 refund 12345678")
    mine, again, other = (blind(key, names) for key in (b"k" * 32, b"k" * 32, b"o" * 32))

    assert mine == again
    assert not {*mine} & {*other}
    assert all(len(mark) == 6 and mark.isalnum() and mark.isascii() for mark in mine)


def test_an_excerpt_stands_around_the_first_word_and_names_all_places_in_it() -> None:
    said = excerpt("앞" * 100 + " 배송이 늦어요\n배송 언제 " + "뒤" * 200, ("배송",))

    assert [said.text[a:b] for a, b in said.places] == ["배송", "배송"]
    assert said.text.startswith("…") and said.text.endswith("…")
    assert "\n" not in said.text and len(said.text) <= 142


def test_places_are_those_of_the_shown_letters_where_one_letter_folds_to_two() -> None:
    said = excerpt("Große Straße", ("strasse",))

    assert [said.text[a:b] for a, b in said.places] == ["Straße"]
