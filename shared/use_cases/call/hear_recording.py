"""The carrier's word about a recording of a call."""

from shared.domain.case.turn import Turn
from shared.domain.change import Change
from shared.ports import Store


def hear_recording(turn: Turn, store: Store) -> Change:
    """What it changes, all but the receipt; () for nothing new."""
    raise NotImplementedError
