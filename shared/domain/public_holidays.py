"""Public holidays of a country as days. They are worked out when settings are written, so that whoever asks
whether a queue is open needs no calendar of the world.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from shared.domain.hours import Hours

YEARS = 6  # this one and those to come; every save counts anew


def known(code: str) -> bool:
    """Whether there is such a country (`KR`), or a part of one (`US-CA`)."""
    try:
        _days(code, 2026)
    except (NotImplementedError, ValueError):
        return False
    return True


def with_holidays(hours: Hours, year: int) -> Hours:
    """The hours with the holidays from this year on worked out; unchanged where they name no country."""
    if not hours.holidays or not known(hours.holidays):
        return replace(hours, closed=())
    return replace(hours, closed=tuple(_of_years(hours.holidays, year)))


def _of_years(code: str, first: int) -> Iterator[str]:
    for year in range(first, first + YEARS):
        yield from _days(code, year)


@cache
def _days(code: str, year: int) -> tuple[str, ...]:
    from holidays import country_holidays  # some thousand lines of calendar: only for who names a country

    country, _, part = code.partition("-")
    return tuple(day.isoformat() for day in sorted(country_holidays(country, part or None, years=year)))
