"""Files of the text index: smaller than the texts, each line once, nothing missed."""

import random
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest

from shared.adapters import text_index
from shared.domain.text_marks import asked, blind, marks
from shared.domain.timeline.searched import Indexed

KEY = b"k" * 32
SYLLABLES = [chr(code) for code in random.Random(1).sample(range(0xAC00, 0xD7A4), 900)]


def texts(number: int, korean: float = 0.7) -> list[str]:
    """Words as people use them: few often, many seldom."""
    chance = random.Random(7)
    often = list(accumulate(1 / (n + 10) for n in range(4000)))
    hangul = ["".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 4)))) for _ in often]
    latin = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9))) for _ in often]
    made = []
    for _ in range(number):
        words = hangul if chance.random() < korean else latin
        said = chance.choices(words, cum_weights=often, k=14)
        made.append(" ".join([*said, str(chance.randrange(10**8))][: chance.choice((12, 14, 15))]))
    return made


def lines(of: list[str], customers: int = 200) -> list[Indexed]:
    return [Indexed(f"01JC{n % customers:022}", n + 1, blind(KEY, marks(text))) for n, text in enumerate(of)]


def grown(of: list[str], at_once: int = 50) -> bytes:
    """The file of a day: lines came together in fifties."""
    body, its = b"", lines(of)
    for start in range(0, len(its), at_once):
        body = text_index.added(body, its[start : start + at_once])
    return body


@pytest.mark.parametrize("make", [grown, lambda of: text_index.written(lines(of))], ids=["day", "month"])
@pytest.mark.parametrize("korean", [0, 0.7, 1], ids=["english", "both", "korean"])
def test_a_file_is_smaller_than_the_texts_it_finds(korean: float, make: Callable[[list[str]], bytes]) -> None:
    of = texts(4000, korean)

    assert len(make(of)) <= 0.8 * sum(len(text.encode()) for text in of)


def test_a_day_of_few_lines_is_a_small_file() -> None:
    """Each word costs most where it is said first: a thousand lines are about as large as their texts."""
    of = texts(1000, 0)

    assert len(grown(of)) <= 1.2 * sum(len(text.encode()) for text in of)


def test_every_line_with_a_word_is_found_and_no_other_is_named(tmp_path: Path) -> None:
    of = texts(1500)
    path = tmp_path / "part"
    path.write_bytes(text_index.added(b"", lines(of)))
    wrong = 0

    for text in of[::50]:
        wanted = asked(max(text.split()[:3], key=len))
        found = text_index.found(str(path), blind(KEY, wanted.marks), 0, 5000)
        named = {one.seq - 1 for one in found}
        right = {n for n, other in enumerate(of) if wanted.marks <= marks(other) and wanted.within(other)}
        assert right <= named
        wrong += len([n for n in named if not wanted.marks <= marks(of[n])])

    assert wrong <= 1  # two marks that meet by chance


def test_lines_come_latest_first_below_a_place_and_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "part"
    body = b""
    for n in range(10):
        body = text_index.added(body, [Indexed("C1", n + 1, ("aaaaaa", f"bbbbb{n % 2 + 2}"))])
    path.write_bytes(body)

    assert [one.seq for one in text_index.found(str(path), ["aaaaaa"], 0, 3)] == [10, 9, 8]
    assert [one.seq for one in text_index.found(str(path), ["aaaaaa"], 8, 3)] == [7, 6, 5]
    assert [one.seq for one in text_index.found(str(path), ["aaaaaa", "bbbbb2"], 0, 9)] == [9, 7, 5, 3, 1]
    assert text_index.found(str(path), ["cccccc"], 0, 9) == ()


def test_a_line_that_is_added_again_changes_nothing(tmp_path: Path) -> None:
    path, of = tmp_path / "part", lines(texts(50))
    once = text_index.added(b"", of)

    path.write_bytes(text_index.added(once, [*of, *of]))

    assert len(list(text_index.lines(str(path)))) == 50


def test_a_file_of_no_line_is_empty() -> None:
    assert text_index.written([]) == b""


def test_a_python_without_the_search_of_sqlite_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_index, "LAYOUT", "create virtual table mark using nothing(marks)")

    with pytest.raises(Exception, match="lacks FTS5"):
        text_index.added(b"", [])
