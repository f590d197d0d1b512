"""What the carrier tells of lines and recordings, in our words.

https://www.twilio.com/docs/voice/api/call-resource#statuscallback
https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback
"""

from collections.abc import Callable

from functions.channels.voice.asked import Asked
from shared.domain.channel.arrival import Ignored
from shared.domain.channel.calling import CallWord, LeftWord, LegHeard, RecordingHeard, Transcribed
from shared.domain.customer.call import OVER, LegState, RecordingState
from shared.domain.text import clean
from shared.domain.timeline.content import Part

LONGEST_ADDRESS = 1000
Word = CallWord | Ignored

# Twilio's words for a line; those of the second table mean that it never talked.
LINES = {
    "queued": LegState.DIALLED,
    "initiated": LegState.DIALLED,
    "ringing": LegState.RINGING,
    "in-progress": LegState.TALKING,
    "answered": LegState.TALKING,
    "completed": LegState.ENDED,
}
FAILURES = {"busy": "busy", "no-answer": "no_answer", "canceled": "canceled", "failed": "failed"}
RECORDINGS = {
    "in-progress": RecordingState.IN_PROGRESS,
    "paused": RecordingState.PAUSED,
    "stopped": RecordingState.STOPPED,
    "processing": RecordingState.PROCESSING,
    "completed": RecordingState.COMPLETED,
    "absent": RecordingState.ABSENT,
    "failed": RecordingState.FAILED,
    "deleted": RecordingState.DELETED,
}
# https://www.twilio.com/docs/api/errors/16101
EMPTY = {"16101": "too_short", "16102": "silent"}


def word(asked: Asked) -> Word:
    if asked.place is None:
        return Ignored("not_ours") if asked.ours or "RecordingSid" in asked.fields else _heard(asked, "")
    return TELLS.get(asked.what, _other)(asked)


def _heard(asked: Asked, leg: str) -> Word:
    """The caller's own line talked with our menu at least, whatever word it ends with."""
    word = asked.fields.get("CallStatus", "")
    state = LegState.FAILED if word in FAILURES else LINES.get(word)
    if state is None:
        return Ignored("unknown_state")
    state = LegState.ENDED if state in OVER and not leg else state
    seconds = _number(asked.fields.get("CallDuration"), 0)
    order = _number(asked.fields.get("SequenceNumber"), -1)
    return LegHeard(leg, asked.sid, state, order, FAILURES.get(word, ""), seconds)


def _leg(asked: Asked) -> Word:
    return _heard(asked, asked.place.leg if asked.place else "")


def _recording(asked: Asked) -> Word:
    state = RECORDINGS.get(asked.fields.get("RecordingStatus", ""))
    if state is None or not asked.place:
        return Ignored("unknown_state")
    part = _part(asked) if state is RecordingState.COMPLETED else None
    reason = EMPTY.get(asked.fields.get("ErrorCode", ""), "")
    sid, seconds = asked.fields.get("RecordingSid", ""), _seconds(asked)
    return RecordingHeard(asked.place.leg, sid, state, part, seconds, reason)


def _left_word(asked: Asked) -> Word:
    """The action of Record comes before the file is there: this word alone counts."""
    word = asked.fields.get("RecordingStatus", "")
    if word in ("absent", "failed"):
        return Ignored("no_word")
    return (
        LeftWord(asked.sid, _part(asked), _seconds(asked)) if word == "completed" else Ignored("on_the_way")
    )


def _text(asked: Asked) -> Word:
    done = asked.fields.get("TranscriptionStatus") == "completed"
    text = clean(asked.fields.get("TranscriptionText", "")) if done else ""
    return Transcribed(asked.fields.get("RecordingSid", ""), text)


def _other(asked: Asked) -> Word:
    return Ignored("not_ours")


TELLS: dict[str, Callable[[Asked], Word]] = {
    "leg": _leg,
    "recording": _recording,
    "voicemail": _left_word,
    "text": _text,
}


def _part(asked: Asked) -> Part:
    """The file, by reference; a WAV has both sides apart."""
    told = asked.fields.get("RecordingUrl", "").strip()
    address = told if len(told) <= LONGEST_ADDRESS else ""
    source = f"{address}.wav" if address and not address.endswith((".wav", ".mp3")) else address
    return Part(f"{asked.fields.get('RecordingSid', '')}.wav", "audio/wav", source=source)


def _seconds(asked: Asked) -> int:
    return _number(asked.fields.get("RecordingDuration"), 0)


def _number(told: str | None, otherwise: int) -> int:
    fits = told is not None and told.isascii() and told.isdecimal() and len(told) < 9
    return int(told) if fits and told else otherwise
