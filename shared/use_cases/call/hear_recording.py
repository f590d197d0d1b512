"""The carrier's word about a recording of a call."""

from shared.domain.call.recording_words import heard_recording
from shared.domain.case.turn import Turn
from shared.domain.change import Change, Ref
from shared.domain.channel.calling import RecordingHeard
from shared.domain.customer.call import Call
from shared.ports import Store


def hear_recording(turn: Turn, store: Store) -> Change:
    """What it changes, all but the receipt; () for nothing new, and for a call that we do not know."""
    said, place = turn.arrival.what, turn.arrival.call
    call = store.get(Ref(Call, place.member, place.interaction_id)) if place else None
    if call is None or not isinstance(said, RecordingHeard):
        return ()
    return heard_recording(turn.head, call, said, turn.now)
