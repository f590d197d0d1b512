"""Hangul taken apart into keys, as the input method put it together."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hangul import given_name, initials, only_consonants, strokes
from tests.support.hangul_keys import composed

NAMES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [("김", "ㄱㅣㅁ"), ("김ㅁ", "ㄱㅣㅁㅁ"), ("값", "ㄱㅏㅂㅅ"), ("와", "ㅇㅗㅏ"), ("Kim 김", "Kim ㄱㅣㅁ")],
)
def test_a_text_is_taken_apart_into_the_keys_that_type_it(typed: str, keys: str) -> None:
    assert strokes(typed) == keys


@given(NAMES)
def test_the_keys_of_a_name_type_the_name(name: str) -> None:
    assert composed(strokes(name)) == name


@given(NAMES, st.data())
def test_whatever_stands_in_the_field_while_a_name_is_typed_is_a_beginning_of_its_keys(
    name: str, data: st.DataObject
) -> None:
    keys = strokes(name)
    some = keys[: data.draw(st.integers(1, len(keys)))]

    assert strokes(composed(some)) == some


@given(NAMES)
def test_letters_that_unicode_took_apart_are_the_same_keys(name: str) -> None:
    assert strokes(normalize("NFD", name)) == strokes(name) == strokes(normalize("NFKD", name))


@given(NAMES)
def test_each_syllable_has_one_initial(name: str) -> None:
    assert len(initials(name)) == len(name)
    assert only_consonants(initials(name)) == initials(name)


@pytest.mark.parametrize(
    ("typed", "meant"), [("ㄱㅁㅅ", "ㄱㅁㅅ"), ("ㄳ", "ㄱㅅ"), ("김ㅁ", ""), ("", ""), ("km", "")]
)
def test_lone_consonants_are_initials_also_where_the_keyboard_made_one_of_two(typed: str, meant: str) -> None:
    assert only_consonants(typed) == meant


@pytest.mark.parametrize(
    ("name", "given_part"),
    [("김민수", "민수"), ("남궁민수", "민수"), ("김구", "구"), ("김", ""), ("Kim", ""), ("한국전자상사", "")],
)
def test_the_given_name_stands_behind_the_familys(name: str, given_part: str) -> None:
    assert given_name(name) == given_part
