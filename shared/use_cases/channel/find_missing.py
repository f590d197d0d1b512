"""Which of a provider's events never reached us: those without a receipt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.change import Ref
from shared.domain.channel.receipt import Receipt
from shared.domain.channel.request import Piece
from shared.ports import Store

AT_ONCE = 100  # keys of one batch read


@dataclass(frozen=True, slots=True)
class FindMissing:
    store: Store

    def __call__(self, channel: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Almost all are there: those that seem absent are read once more, strongly."""
        absent = tuple(self._without_receipt(channel, pieces, strong=False))
        return tuple(self._without_receipt(channel, absent, strong=True))

    def _without_receipt(self, channel: str, pieces: Sequence[Piece], strong: bool) -> Iterator[Piece]:
        for begin in range(0, len(pieces), AT_ONCE):
            some = pieces[begin : begin + AT_ONCE]
            refs = [Ref(Receipt, channel, piece.name) for piece in some]
            found = self.store.get_all(*refs, strong=strong)
            yield from (piece for piece, seen in zip(some, found, strict=True) if seen is None)
