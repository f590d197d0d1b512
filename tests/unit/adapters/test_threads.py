"""The same work for many, several at a time, never more than asked."""

import threading

import pytest

from shared.adapters.threads import in_threads, within
from shared.domain.errors import TryAgain


def test_answers_come_in_the_order_asked() -> None:
    assert list(in_threads(lambda n: n * n, range(100), 7)) == [n * n for n in range(100)]


def test_four_calls_run_at_the_same_time() -> None:
    meet = threading.Barrier(4)

    def wait(_: int) -> int:
        return meet.wait(timeout=30)  # passes only when four are there at the same time

    assert sorted(in_threads(wait, range(8), 4)) == [0, 0, 1, 1, 2, 2, 3, 3]


def test_what_was_not_taken_holds_up_what_was_not_begun() -> None:
    begun: list[int] = []

    answers = in_threads(begun.append, range(100), 5)
    next(answers)

    assert len(begun) <= 6
    answers.close()  # type: ignore[attr-defined]


def test_an_error_stands_where_its_answer_would_and_the_others_end() -> None:
    ended: list[int] = []

    def work(n: int) -> int:
        if n == 2:
            raise ValueError
        ended.append(n)
        return n

    with pytest.raises(ValueError):
        list(in_threads(work, range(4), 4))

    assert sorted(ended) == [0, 1, 3]


def test_work_that_is_done_in_time_gives_what_it_gives() -> None:
    assert within(5, lambda: "done") == "done"


def test_work_that_fails_in_time_raises_its_own_error() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 / 0)


def test_work_that_takes_longer_is_given_up_and_ends_by_itself() -> None:
    go_on, ended = threading.Event(), threading.Event()

    def waits() -> None:
        go_on.wait(30)
        ended.set()

    with pytest.raises(TryAgain, match="no answer"):
        within(0.01, waits)

    go_on.set()
    assert ended.wait(30)
