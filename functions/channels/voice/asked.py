"""A request of the carrier as a value: its form, masked, and where our own token says that the call is.

Requests: https://www.twilio.com/docs/voice/twiml#request-parameters
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from shared.domain.channel.call_place import CallPlace, told, verify
from shared.domain.channel.request import Request
from shared.domain.errors import Malformed
from shared.domain.masking import mask
from shared.domain.signed import LONGEST
from shared.providers import form

STATUS = "/status"  # the end of the address to which the carrier only tells
LONGEST_SID, LONGEST_NAME, LONGEST_TEXT = 64, 256, 2000
NAMES = ("From", "To", "CallStatus", "SequenceNumber", "RecordingSid", "TranscriptionSid")
WORDS = ("Digits", "SpeechResult", "TranscriptionText")
TOKEN, DOOR = "t", "door"  # what we add to the carrier's own fields
# Which words stand in a token at each door; a voicemail is answered at one and told of at the other.
SPOKEN = frozenset({"step", "wait", "left", "callback", "voicemail", "after", "score"})
TOLD = frozenset({"leg", "recording", "text", "voicemail"})


@dataclass(frozen=True, slots=True)
class Asked:
    """`told`: nothing is said in answer. `place` is None at the beginning of a call, for a word about the
    caller's own line, and where the token is none of ours: then `lost` says so.
    """

    sid: str
    told: bool
    fields: Mapping[str, str] = field(repr=False)
    place: CallPlace | None = None
    token: str = field(default="", repr=False)
    lost: bool = False

    @property
    def what(self) -> str:
        return self.place.what if self.place else ""

    @property
    def ours(self) -> bool:
        """Whether we dialled this line."""
        return self.fields.get("Direction", "").startswith("outbound")

    @property
    def customer(self) -> str:
        """The customer's number as the carrier writes it."""
        theirs = self.fields.get("To" if self.ours else "From", "").strip()
        return (self.place.address if self.place else "") or theirs

    @property
    def own_side(self) -> str:
        return self.fields.get("From" if self.ours else "To", "").strip()

    @property
    def said(self) -> str:
        """What was pressed, else what was said; "" for neither, and for # alone."""
        return self.fields.get("Digits") or self.fields.get("SpeechResult") or ""

    @property
    def payload(self) -> str:
        """For the queue: the form, with what the door found out."""
        added = {TOKEN: self.token} if self.place else {}
        added |= {DOOR: STATUS} if self.told else {}
        return urlencode({**added, **self.fields}, errors="replace")


def read(request: Request, keys: Iterable[str], at: datetime | None) -> Asked:
    """Raises Malformed for what is no word about a call. `keys` are those our tokens may be signed with, `at`
    is now; without it no token is over.
    """
    fields = form.first(form.form(request))
    sid, is_told = fields.get("CallSid", ""), request.path.rstrip("/").endswith(STATUS)
    if not (sid.isascii() and sid.replace("-", "").isalnum()) or len(sid) > LONGEST_SID:
        raise Malformed("no CallSid")
    if max(len(fields.get(name, "")) for name in NAMES) > LONGEST_NAME:
        raise Malformed("a name is too long")
    token = _token(request.query)
    place = next((found for key in keys if (found := verify(token, key))), None) if token else None
    if place and not _holds(place, sid, is_told, at):
        place = None
    known = _hidden(fields, place, lost=place is None and bool(token))
    return Asked(sid, is_told, known, place, token if place else "", bool(token) and place is None)


def reread(payload: str) -> Asked | None:
    """What lies in a queue; None for what is no word about a call."""
    fields = form.first(parse_qsl(payload, keep_blank_values=True))
    token, is_told = fields.pop(TOKEN, ""), fields.pop(DOOR, "") == STATUS
    sid, place = fields.get("CallSid", ""), told(token)
    return Asked(sid, is_told, fields, place, token) if sid else None


def _token(query: str) -> str:
    try:
        found = dict(parse_qsl(query, max_num_fields=10))
    except ValueError:
        return "too many parameters"  # and none of ours
    return found.get(TOKEN, "")[: LONGEST + 1]


def _holds(place: CallPlace, sid: str, is_told: bool, at: datetime | None) -> bool:
    """What is told late still counts; what asks for words must be in time."""
    if place.what not in (TOLD if is_told else SPOKEN) or (place.sid and place.sid != sid):
        return False
    return is_told or at is None or at < place.until


def _hidden(fields: Mapping[str, str], place: CallPlace | None, lost: bool) -> dict[str, str]:
    """Without our own names, and without what a caller should not have told us. Where nobody knows what was
    asked, nothing is kept of the answer.
    """
    ours = {name: value for name, value in fields.items() if name not in (TOKEN, DOOR, *WORDS)}
    said = {name: mask(fields[name][:LONGEST_TEXT]) for name in WORDS if name in fields and not lost}
    if place and place.masked:
        said = {name: _stars(text) for name, text in said.items()}
    return ours | said


def _stars(text: str) -> str:
    return "".join("*" if c.isdigit() else c for c in text)
