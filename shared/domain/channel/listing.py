"""What a provider itself says it received for us: for those that do not deliver a webhook again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.domain.channel.carriage import HttpCall
from shared.domain.channel.request import Piece

DAYS = 3  # a provider that does not answer one night is asked again the next


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, masked as at the door; `more` asks for the next page."""

    pieces: tuple[Piece, ...]
    more: HttpCall | None = None


def past_days(now: datetime) -> tuple[date, ...]:
    """The days (UTC) that are over and looked at each night, the oldest first."""
    return tuple(now.date() - timedelta(days=back) for back in range(DAYS, 0, -1))
