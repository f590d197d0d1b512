"""Opening hours: weekly spans, days that are otherwise, by the clock on the wall."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hours import ALWAYS, Hours, is_open, opens_at, wrong_line

SEOUL, BERLIN = "Asia/Seoul", "Europe/Berlin"
WEEK = Hours(("mon-fri 09:00-18:00", "sat 10:00-13:00"), ("2026-01-07 closed", "2026-01-10 14:00-15:00"))


def seoul(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+09:00")


@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        ("2026-01-05T08:59", False),
        ("2026-01-05T09:00", True),
        ("2026-01-05T17:59", True),
        ("2026-01-05T18:00", False),
        ("2026-01-07T12:00", False),  # a Wednesday that is an exception
        ("2026-01-10T11:00", False),  # a Saturday with other hours
        ("2026-01-10T14:30", True),
        ("2026-01-11T12:00", False),
    ],
)
def test_a_moment_is_open_by_its_day(at: str, open_then: bool) -> None:
    assert is_open(WEEK, seoul(at), SEOUL) is open_then


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-01-05T03:00", "2026-01-05T09:00"),
        ("2026-01-06T20:00", "2026-01-08T09:00"),
        ("2026-01-09T18:00", "2026-01-10T14:00"),
        ("2026-01-11T00:00", "2026-01-12T09:00"),
    ],
)
def test_somebody_is_there_again_at_the_next_opening(at: str, opens: str) -> None:
    assert opens_at(WEEK, seoul(at), SEOUL) == seoul(opens)


def test_no_hours_are_always_and_a_centre_that_closed_for_good_never_opens() -> None:
    assert is_open(ALWAYS, seoul("2026-01-05T03:00"), SEOUL)
    assert opens_at(Hours((), ("2026-01-01..2030-01-01 closed",)), seoul("2026-01-05T03:00"), SEOUL) is None


def test_a_night_belongs_to_the_day_it_begins() -> None:
    night = Hours(("fri 22:00-06:00",))

    assert is_open(night, seoul("2026-01-10T05:59"), SEOUL)
    assert not is_open(night, seoul("2026-01-10T06:00"), SEOUL)
    assert not is_open(night, seoul("2026-01-09T05:00"), SEOUL)


def test_a_day_of_23_hours_opens_by_the_clock_on_the_wall() -> None:
    sundays = Hours(("sun 09:00-12:00",))

    assert is_open(sundays, datetime(2026, 3, 29, 7, 30, tzinfo=UTC), BERLIN)
    assert is_open(sundays, datetime(2026, 3, 22, 8, 30, tzinfo=UTC), BERLIN)


@pytest.mark.parametrize(
    "line",
    [
        "mon-fri 9:00-18:00",
        "monday 09:00-18:00",
        "mon 09:00",
        "2026-13-01 closed",
        "2026-02-02..2026-01-01 closed",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    hours = Hours((), (line,)) if line.startswith("2026") else Hours((line,))

    assert wrong_line(hours) == line
    assert wrong_line(WEEK) == ""


@given(st.integers(0, 60 * 24 * 30))
def test_the_next_opening_is_open_and_nothing_before_it_is(minutes: int) -> None:
    at = seoul("2026-01-01T00:00") + timedelta(minutes=minutes)
    opening = opens_at(WEEK, at, SEOUL)

    assert opening is not None
    assert is_open(WEEK, opening, SEOUL) and not is_open(WEEK, opening - timedelta(minutes=1), SEOUL)
