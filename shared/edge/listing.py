"""Reads a provider's own list, page by page. The twin of carrier.carry, for what came in."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol

from shared.domain.channel.carriage import HttpAnswer, HttpCall, OtherSide
from shared.domain.channel.listing import ListPage
from shared.domain.channel.request import Piece
from shared.domain.errors import TryAgain
from shared.domain.traits import Traits
from shared.edge import carrier
from shared.edge.wiring import ports

MOST_PAGES = 200


class Listing(Protocol):
    """What a channel's listing.py brings, where its traits say `listed`; a module with these names is one."""

    def render_list(self, day: date, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
        """The request for the first page of what customers sent us on a day (UTC)."""

    def parse_list(
        self, status: int, body: bytes, secret: Mapping[str, str], other_side: OtherSide
    ) -> ListPage:
        """The events in an answer, newest first: with the ids the door would give them, and when they were
        sent. Raises TryAgain for an answer that is no list.
        """


def pages(traits: Traits, listing: Listing, day: date) -> Iterator[tuple[Piece, ...]]:
    """Raises TryAgain when the provider does not answer, or has more than we read in one go."""
    own = carrier.secret_of(traits), carrier.other_side(traits)
    call: HttpCall | None = listing.render_list(day, *own)
    for _ in range(MOST_PAGES):
        if call is None:
            return
        answer = ports().http(call)
        if not isinstance(answer, HttpAnswer):
            raise TryAgain(f"the list of {traits.name} did not come: {answer.reason}")
        page = listing.parse_list(answer.status, answer.body, *own)
        yield page.pieces
        call = page.more
    if call is not None:
        raise TryAgain(f"the list of {traits.name} has more than {MOST_PAGES} pages")
