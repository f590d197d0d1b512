"""What every door does with proven events: stamp, enqueue, count."""

from collections.abc import Iterable, Iterator

from shared.domain.channel.commands import Raw
from shared.domain.channel.request import Cut, Piece
from shared.domain.ids import digest
from shared.edge.wiring import ports


def accept(channel: str, cut: Cut, request_id: str) -> None:
    """Make the pieces of a request durable. Raises TryAgain.

    *Accepted*, the first witness of the ledger, is counted after the enqueue and never before.
    """
    events = tuple(_stamped(channel, cut.events, f"{request_id}.e"))
    states = tuple(_stamped(channel, cut.states, f"{request_id}.s"))
    if events:
        ports().inbox.put(events, ())
        ports().meter.count("Accepted", len(events), channel=channel, kind="event")
    if states:
        ports().inbox.put((), states)
        ports().meter.count("Accepted", len(states), channel=channel, kind="state")


def _stamped(channel: str, pieces: Iterable[Piece], request: str) -> Iterator[Raw]:
    now = ports().clock()
    for index, piece in enumerate(pieces):
        group = digest(channel, piece.sender)
        yield Raw(channel, piece.event_id, f"{request}{index}", now, piece.payload, group)
