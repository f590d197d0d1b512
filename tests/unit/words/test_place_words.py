"""A place in a queue, as people say it."""

import pytest

from shared.domain.words.place_words import FAR, place_sentence, place_words, wait_words


@pytest.mark.parametrize(
    ("position", "english", "korean"),
    [
        (1, "first", "첫 번째"),
        (2, "second", "두 번째"),
        (3, "third", "세 번째"),
        (10, "tenth", "열 번째"),
        (11, "11th", "열한 번째"),
        (12, "12th", "열두 번째"),
        (13, "13th", "열세 번째"),
        (20, "20th", "스무 번째"),
        (21, "21st", "스물한 번째"),
        (22, "22nd", "스물두 번째"),
        (33, "33rd", "서른세 번째"),
        (90, "90th", "아흔 번째"),
        (99, "99th", "아흔아홉 번째"),
        (100, "100th", "백 번째"),
    ],
)
def test_a_place_has_its_ordinal(position: int, english: str, korean: str) -> None:
    assert (place_words(position, "en"), place_words(position, "ko")) == (english, korean)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_counted_place_is_said_in_words_of_its_own(language: str) -> None:
    assert len({place_words(position, language) for position in range(1, FAR + 1)}) == FAR


@pytest.mark.parametrize(("language", "words"), [("en", "about 35th"), ("ko", "서른다섯 번째쯤")])
def test_a_place_that_is_not_exact_says_so(language: str, words: str) -> None:
    assert place_words(35, language, about=True) == words


@pytest.mark.parametrize("language", ["en", "ko"])
def test_beyond_the_hundredth_no_number_is_said_that_was_not_counted(language: str) -> None:
    assert place_words(101, language) == place_words(100_000, language)
    assert "100" in place_words(101, language) and "101" not in place_words(101, language)


@pytest.mark.parametrize(
    ("low", "high", "english", "korean"),
    [
        (0, 1, "You are third; less than a minute.", "세 번째입니다. 1분 이내에 연결됩니다."),
        (0, 2, "You are third; less than 2 minutes.", "세 번째입니다. 2분 이내에 연결됩니다."),
        (1, 1, "You are third; about 1 minute.", "세 번째입니다. 1분쯤 걸립니다."),
        (4, 9, "You are third; 4 to 9 minutes.", "세 번째입니다. 4~9분쯤 걸립니다."),
        (7, 7, "You are third; about 7 minutes.", "세 번째입니다. 7분쯤 걸립니다."),
    ],
)
def test_the_wait_is_a_range(low: int, high: int, english: str, korean: str) -> None:
    said = [place_sentence(place_words(3, one), wait_words(low, high, one), one) for one in ("en", "ko")]

    assert said == [english, korean]


def test_where_nothing_can_be_said_of_the_wait_only_the_place_is_told() -> None:
    assert place_sentence("third", "", "en") == "You are third."
    assert place_sentence("세 번째", "", "ko") == "세 번째입니다."
