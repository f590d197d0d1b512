"""Calls carried by Twilio: what it asks and tells about them, as events.

https://www.twilio.com/docs/voice/twiml#request-parameters

Signed forms. Most of them ask what to say next and mean nothing else; a word of the caller, of a line or of a
recording is one event. Which of them it is, our own token in the address says.
"""

from collections.abc import Sequence
from datetime import datetime

from functions.channels.voice import told
from functions.channels.voice.asked import LONGEST_NAME, Asked, read, reread
from shared.domain.address.way import Way
from shared.domain.case.typed import score_in
from shared.domain.channel.arrival import Arrival, CallbackRequest, Ignored, StateUpdate, SurveyAnswer
from shared.domain.channel.calling import CallBegan, CallWord, Keyed
from shared.domain.channel.commands import Raw
from shared.domain.channel.request import Cut, Piece, Request
from shared.domain.errors import Rejected
from shared.domain.ids import digest
from shared.domain.text import clean
from shared.providers import twilio

PROOF = "signature"
BODY_LIMIT = 64 * 1024
CALL_ME = "1"  # the key, while waiting

Word = CallWord | SurveyAnswer | CallbackRequest | Ignored

prove = twilio.prove


def cut(request: Request, keys: Sequence[str] = (), at: datetime | None = None) -> Cut:
    """The word in a request, where there is one: music that goes round again is none."""
    return pieces(read(request, keys, at))


def pieces(asked: Asked) -> Cut:
    name = _told_name(asked) if asked.told else _spoken_name(asked)
    return Cut(events=(Piece(name, asked.customer, asked.payload),) if name else ())


def _told_name(asked: Asked) -> str:
    """A state that comes twice is one event; each state is one of its own."""
    fields = asked.fields
    if "TranscriptionSid" in fields:
        return f"{fields['TranscriptionSid']}:{fields.get('TranscriptionStatus', '')}"
    if "RecordingSid" in fields:
        return f"{fields['RecordingSid']}:{fields.get('RecordingStatus', '')}"
    leg = asked.place.leg if asked.place else ""
    order = f"{fields.get('SequenceNumber', '')}:{fields.get('CallStatus', '')}"
    return f"{asked.sid}:status:{leg}:{order}"


def _spoken_name(asked: Asked) -> str:
    """ "" for what only asks what to say next. Who comes with a token that is none of ours begins anew: where
    the call is known, that is nothing new.
    """
    if asked.place is None:
        return "" if asked.ours else f"{asked.sid}:began"
    if isinstance(_spoken(asked), Ignored):
        return ""
    return f"{asked.sid}:{asked.what}:{digest(asked.token, asked.said)}"


def parse(raw: Raw) -> Arrival | Ignored:
    """What the caller did, or what became of a line or a recording."""
    asked = reread(raw.payload)
    if asked is None:
        raise Rejected("no_sid")
    what = told.word(asked) if asked.told else _spoken(asked)
    return what if isinstance(what, Ignored) else Arrival(_way(raw, asked), what, call=asked.place)


def parse_state(raw: Raw) -> StateUpdate | Ignored:
    """What we say is said on the line, at once: no message of ours is ever on its way."""
    return Ignored("no_states")


def _way(raw: Raw, asked: Asked) -> Way:
    """Both ends as the carrier writes them. A withheld caller is somebody else in each call."""
    from shared.domain.address.phone import caller  # late: the door does without phonenumbers

    number, line = asked.customer, _line(asked)
    return Way(raw.channel, caller(number, line), "", number, asked.own_side, thread=line)


def _line(asked: Asked) -> str:
    """The carrier's name of the caller's own line, as far as it is known here."""
    of_leg = asked.what == "leg"
    return asked.place.sid if asked.place and (of_leg or asked.place.sid) else asked.sid


def _spoken(asked: Asked) -> Word:
    place, what = asked.place, asked.what
    if place is None:
        return CallBegan(asked.sid, asked.fields.get("ForwardedFrom", "")[:LONGEST_NAME])
    if what == "step" and place.flow:
        return Keyed(asked.sid, place.flow, clean(asked.said), place.language)
    if what == "callback" and asked.said == CALL_ME:
        return CallbackRequest(asked.customer)
    score = score_in(asked.said) if what == "score" else None
    return SurveyAnswer(score) if score else Ignored("only_asks")
