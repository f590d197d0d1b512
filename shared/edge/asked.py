"""What stands in an address or a body, read as what it should be. Each raises Malformed.

All that is asked over HTTP comes through it: the staff APIs by staff.py, every other door by webhook.py.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from shared.domain.errors import Malformed
from shared.domain.times import from_iso, in_utc

MOST_PARAMETERS = 100  # of a query; the most any page or provider sends us is a handful
LONGEST_ID = 128  # characters of whatever names something; ours have 26 or 36
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)  # a zone and the next day are still days


def day(name: str, told: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        asked = date.fromisoformat(told) if re.fullmatch(r"\d{4}-\d\d-\d\d", told, re.ASCII) else None
    except ValueError:
        asked = None
    if asked is None or not FIRST <= asked <= LAST:
        raise Malformed(f"{name} is not a day")
    return asked


def moment(told: str) -> datetime:
    """A moment in ISO 8601 with its zone, as it is in UTC."""
    try:
        return in_utc(from_iso(told))
    except ValueError as error:
        raise Malformed("a moment is written in ISO 8601") from error


def number(name: str, told: str) -> int:
    """A whole number, not negative."""
    if not re.fullmatch(r"\d{1,12}", told, re.ASCII):
        raise Malformed(f"{name} is not a number")
    return int(told)


def ids(values: Mapping[str, str]) -> Mapping[str, str]:
    """The names in a path."""
    for name, told in values.items():
        if not 0 < len(told) <= LONGEST_ID:
            raise Malformed(f"{name} is no id")
    return values


def parameters(number: int) -> None:
    """How many a query has."""
    if number > MOST_PARAMETERS:
        raise Malformed("too many parameters")
