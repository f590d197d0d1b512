"""Days of the centre, as people give them on the command line."""

from argparse import ArgumentTypeError
from datetime import date

from shared.domain.times import local_day


def as_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day; write it like 2026-01-31") from error


def today() -> date:
    """Today where the centre is, not where the terminal is."""
    from shared.edge.wiring import ports

    return local_day(ports().clock(), ports().settings.centre().zone)
