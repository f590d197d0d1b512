"""Opening hours: weekly spans, days that are otherwise, by the clock on the wall."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.centre import Centre, hours_of
from shared.domain.hours import ALWAYS, Hours, is_open, opens_at, wrong_line
from shared.domain.public_holidays import YEARS, known, with_holidays
from shared.domain.queue import Queue

SEOUL, BERLIN, NEW_YORK = "Asia/Seoul", "Europe/Berlin", "America/New_York"
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


def open_minutes(hours: Hours, first: datetime, minutes: int) -> int:
    """For how many of these minutes somebody is there."""
    return sum(is_open(hours, first + timedelta(minutes=n), SEOUL) for n in range(minutes))


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 3), ("2026-11-01", 5), ("2026-11-02", 4)])
def test_a_span_of_four_hours_lasts_as_long_as_the_clock_of_its_zone_makes_it(day: str, hours: int) -> None:
    night = Hours(("mon-sun 00:00-04:00",), zone=NEW_YORK)
    evening_before = datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(hours=8)

    assert open_minutes(night, evening_before, 24 * 60) == hours * 60


def test_hours_with_a_zone_of_their_own_do_not_follow_the_centres() -> None:
    office = Hours(("mon-fri 09:00-10:00",), zone=NEW_YORK)

    opening = opens_at(office, datetime(2026, 1, 5, tzinfo=UTC), SEOUL)

    assert opening == datetime(2026, 1, 5, 14, 0, tzinfo=UTC)
    assert is_open(office, opening, SEOUL)


@pytest.mark.parametrize(
    ("queue", "zone", "weekly"),
    [
        (Queue(), SEOUL, ("mon 09:00-10:00",)),
        (Queue(hours=Hours(("tue 09:00-10:00",))), SEOUL, ("tue 09:00-10:00",)),
        (Queue(hours=Hours(("tue 09:00-10:00",), zone=BERLIN)), BERLIN, ("tue 09:00-10:00",)),
    ],
)
def test_a_queue_has_its_own_hours_or_the_centres(queue: Queue, zone: str, weekly: tuple[str, ...]) -> None:
    hours = hours_of(queue, Centre(hours=Hours(("mon 09:00-10:00",))))

    assert (hours.zone, hours.weekly) == (zone, weekly)


def test_a_public_holiday_is_closed_unless_an_exception_says_otherwise() -> None:
    week = with_holidays(Hours(("mon-sun 09:00-18:00",), ("2026-12-25 10:00-12:00",), holidays="KR"), 2026)

    assert not is_open(week, seoul("2026-10-09T12:00"), SEOUL)  # Hangul Day
    assert is_open(week, seoul("2026-10-08T12:00"), SEOUL)
    assert is_open(week, seoul("2026-12-25T11:00"), SEOUL)
    assert not is_open(week, seoul("2026-12-25T13:00"), SEOUL)


def test_holidays_are_known_for_this_year_and_those_to_come_in_order() -> None:
    days = with_holidays(Hours(holidays="KR"), 2026).closed

    assert list(days) == sorted(days)
    assert {day[:4] for day in days} == {str(2026 + n) for n in range(YEARS)}


def test_hours_without_a_country_have_no_holidays_and_lose_those_they_had() -> None:
    assert with_holidays(Hours(closed=("2026-01-01",)), 2026) == Hours()
    assert with_holidays(Hours(holidays="ZZ", closed=("2026-01-01",)), 2026) == Hours(holidays="ZZ")


CODES = {"KR": True, "US-CA": True, "US-ZZ": False, "ZZ": False, "": False}


@pytest.mark.parametrize(("code", "there"), CODES.items())
def test_a_country_is_known_by_its_code(code: str, there: bool) -> None:
    assert known(code) is there
