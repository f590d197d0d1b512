"""What is said on the telephone: in both languages, as a person would say it."""

import re

import pytest

from shared.domain.words.to_callers import WORDS, key, keys, tell


@pytest.mark.parametrize("word", WORDS)
def test_each_sentence_is_there_in_korean_and_in_english_and_ends(word: str) -> None:
    korean, english = tell(word, "ko"), tell(word, "en")

    assert re.search("[가-힣]", korean) and not re.search("[가-힣]", english)
    assert korean.endswith((".", "?")) and english.endswith((".", "?"))
    assert tell(word, "fr") == english


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("배송", "배송은 1번."),
        ("처음으로", "처음으로는 1번."),
        ("English", "English, 1번."),
        ("", ", 1번."),
    ],
)
def test_a_korean_word_gets_its_particle(label: str, said: str) -> None:
    assert key(label, 1, "ko") == said


def test_keys_are_read_in_order() -> None:
    assert keys(["Delivery", "Refund"], "en") == "For Delivery, press 1. For Refund, press 2."
    assert keys(["배송", "환불"], "ko") == "배송은 1번. 환불은 2번."
