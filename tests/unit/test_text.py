"""What people wrote, made safe to keep, at a cost that grows with its length alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.text import MOST_MARKS, clean

MARKS = "\u0300\u0315\u05ae\u1dce\u0344\u0f73"


@given(st.text())
def test_what_is_kept_is_in_one_form_and_can_be_written_anywhere(said: str) -> None:
    kept = clean(said)

    assert kept == unicodedata.normalize("NFC", kept) == clean(kept)
    assert "\r" not in kept and "\x00" not in kept
    kept.encode()


@given(st.text(alphabet="가각ᄀ\u1161\u11a8e\u0301\u0323\n\x00🙂", max_size=MOST_MARKS))
def test_honest_marks_all_stay(said: str) -> None:
    assert clean(said) == unicodedata.normalize("NFC", said.replace("\x00", "").replace("\r", "\n"))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("marks", [MOST_MARKS, MOST_MARKS + 1, 3000])
def test_of_many_marks_on_a_letter_the_first_stay(mark: str, marks: int) -> None:
    assert clean(f"a{mark * marks}b") == unicodedata.normalize("NFC", f"a{mark * MOST_MARKS}b")


def test_lone_surrogates_are_left_out() -> None:
    assert clean("a\ud83db\ude00c") == "abc"
