"""What the carrier's word about a recording makes of the call: its state, and the line with the file."""

from dataclasses import replace

from shared.domain.call.leg_words import call_line
from shared.domain.change import Change, Put
from shared.domain.channel.calling import RecordingHeard
from shared.domain.customer.call import Call, RecordingState
from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.timeline.append import written
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Entry, Kind, Scalar

ORDER = (
    RecordingState.OFF,
    RecordingState.CLAIMED,
    RecordingState.IN_PROGRESS,
    RecordingState.PAUSED,
    RecordingState.STOPPED,
    RecordingState.PROCESSING,
)
FINAL = frozenset(RecordingState) - set(ORDER)


def heard_recording(head: Head, call: Call, said: RecordingHeard, now: Now) -> Change:
    """All but the receipt; () for nothing new. A final state stays, but for what we delete ourselves; in
    progress and paused may follow each other.
    """
    if not (said.state in FINAL if _of_former_call(call, said) else _new(call, said)):
        return ()
    line = written(head, head, _line(head, call, said, now))
    if _of_former_call(call, said):
        return line
    sid = said.recording_sid or call.recording_sid
    after = replace(call, recording=said.state, recording_sid=sid, version=call.version + 1)
    return (*line, Put(after, over=call.version))


def recording_of(part: Part) -> str:
    """The carrier's name of a recording, by which its file is called."""
    return part.name.partition(".")[0]


def _of_former_call(call: Call, said: RecordingHeard) -> bool:
    """Whether it is of a line that was there before the customer was called anew."""
    return bool(said.leg) and call.leg(said.leg) is None


def _new(call: Call, said: RecordingHeard) -> bool:
    other = bool(said.recording_sid and call.recording_sid) and said.recording_sid != call.recording_sid
    if other or call.recording is RecordingState.DELETED:
        return False
    if call.recording in FINAL:
        return said.state is RecordingState.DELETED
    if said.state in FINAL:
        return True
    turns = (RecordingState.IN_PROGRESS, RecordingState.PAUSED)
    learned = said.recording_sid != call.recording_sid
    if call.recording in turns and said.state in turns:
        return said.state is not call.recording or learned
    return ORDER.index(said.state) > ORDER.index(call.recording)


def _line(head: Head, call: Call, said: RecordingHeard, now: Now) -> Entry:
    """With the file, which waits to be fetched, once there is one."""
    facts: dict[str, Scalar] = {"state": said.state}
    facts |= {"reason": said.reason} if said.reason else {}
    facts |= {"seconds": said.seconds} if said.seconds else {}
    parts = (said.part,) if said.part and said.state is RecordingState.COMPLETED else ()
    facts |= {"media": len(parts)} if parts else {}
    return call_line(head, call, Kind.CALL_RECORDED, facts, now, content=Content(parts=parts))
