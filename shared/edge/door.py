"""What every door does with proven events: stamp, enqueue, count.

A door that is killed, or gets no answer from the queue, may have stored what it did not count: a 503 (or no
answer at all) means "maybe stored" and never "not stored". A provider that sends it again makes a duplicate
at worst; one that does not (Twilio) has lost nothing if it was stored. The ledger tells such events apart, by
name, as *never counted*.
"""

from collections.abc import Iterable, Iterator, Sequence

from shared.domain.channel.commands import Raw
from shared.domain.channel.named import name_of
from shared.domain.channel.request import Cut, Piece
from shared.domain.ids import digest
from shared.edge.wiring import ports


def accept(channel: str, cut: Cut, request_id: str) -> None:
    """Make the pieces of a request durable, its files first, so that whoever reads of one finds it. Raises
    TryAgain, whereupon some of them may be stored, or Malformed for what no queue takes.

    *Accepted*, the first witness of the ledger, is counted after the enqueue and never before, by name.
    """
    ports().at_once(lambda file: ports().files.put(file.key, file.body, file.type), cut.files)
    events = tuple(_stamped(channel, cut.events, f"{request_id}.e"))
    states = tuple(_stamped(channel, cut.states, f"{request_id}.s"))
    if events:
        ports().inbox.put(events, ())
        _count(channel, events)
    if states:
        ports().inbox.put((), states)
        _count(channel, states)


def _count(channel: str, raws: Sequence[Raw]) -> None:
    ports().meter.count("Accepted", len(raws), [name_of(raw) for raw in raws], channel=channel)


def _stamped(channel: str, pieces: Iterable[Piece], request: str) -> Iterator[Raw]:
    now = ports().clock()
    for index, piece in enumerate(pieces):
        group = digest(channel, piece.sender)
        acceptance = f"{request}{index}"
        yield Raw(channel, piece.name, acceptance, now, piece.payload, group, sent_at=piece.sent_at)
