"""What the carrier of a telephone call tells us: the caller's steps, and what became of each leg."""

from dataclasses import dataclass

from shared.domain.customer.call import LegState, RecordingState
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.timeline.content import Part


@dataclass(frozen=True, slots=True)
class CallBegan:
    """A customer's call rings at our number. `sid` is the carrier's name of the call."""

    sid: str
    forwarded_from: str = ""


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the caller pressed or said at this place of a flow ("" for nothing): the door has answered it by
    the same rules, so the words that follow have been spoken."""

    sid: str
    place: FlowPlace
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class LeftWord:
    """A voicemail: the recording (a part that waits to be fetched), and how long it is."""

    sid: str
    part: Part
    seconds: int


@dataclass(frozen=True, slots=True)
class LegHeard:
    """The carrier's word about a leg. `leg` is our name for it, "" for the caller's own of call `sid`.
    `sequence` is the carrier's order of its words (-1 where it gives none), `reason` a stable word for why it
    failed (busy, no_answer, canceled, failed), `seconds` how long it talked.
    """

    leg: str
    sid: str
    state: LegState
    sequence: int = -1
    reason: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class RecordingHeard:
    """The carrier's word about a recording of the call; `part` is the file once it is COMPLETED."""

    leg: str
    recording_sid: str
    state: RecordingState
    part: Part | None = None
    seconds: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """The words of a recording; "" where none could be made out."""

    recording_sid: str
    text: str


def line_of(what: object) -> str:
    """The carrier's name of the caller's line that the word is about; "" where it names none."""
    if isinstance(what, CallBegan | Keyed | LeftWord):
        return what.sid
    return what.sid if isinstance(what, LegHeard) and not what.leg else ""


CallWord = CallBegan | Keyed | LeftWord | LegHeard | RecordingHeard | Transcribed
