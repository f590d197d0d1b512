"""Web chat over our own WebSocket: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html

The proof is the ticket the socket was opened with; after that a frame is as good as its connection.
What a visitor may say is the table READERS: anything else is refused, so that only fields we know, cleaned
and masked, ever leave this door.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from shared.domain.address.visitor import visitor_address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import (
    Arrival,
    CallbackCancelled,
    CallbackRequest,
    CodeRequest,
    Ignored,
    Left,
    Message,
    Reference,
    StateUpdate,
    SurveyAnswer,
)
from shared.domain.channel.commands import Raw
from shared.domain.channel.frame import Fields, Unfit, frame_in, number, string
from shared.domain.channel.request import Cut, Piece
from shared.domain.channel.uploads import VISITOR, Attached, attached
from shared.domain.errors import Malformed, Rejected
from shared.domain.ids import digest
from shared.domain.masking import mask
from shared.domain.text import clean, typed_number
from shared.domain.timeline.choice import CHOICE_ID, Chosen
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Delivery
from shared.domain.times import from_iso, iso

PROOF = "ticket"
TEXT_LIMIT, TEXT_BYTES = 4000, 12_000  # 4,000 Hangul syllables; an entry has to stay under 16 KB
ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{3,30}")
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z")
LONGEST_LOCAL, LONGEST_PHONE = 12, 15  # digits; longer without a country code is a card or a resident number
LAST_SEQ = 10**12 - 1

Meaning = Message | Chosen | CodeRequest | CallbackRequest | CallbackCancelled | SurveyAnswer | Left


@dataclass(frozen=True, slots=True)
class Said:
    """A frame that was understood: `fields` hold what its action needs and nothing else."""

    action: str
    id: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class SocketSpeaker:
    """Who speaks on the socket. `customer_id` is asked for where a frame is about an entry of theirs."""

    visitor: str
    language: str = ""
    customer_id: str = ""


def read(text: str) -> Said:
    """The frame in a text. Raises Unfit."""
    frame = frame_in(text)
    given = frame.get("id")
    id = given if isinstance(given, str) and ID.fullmatch(given) else ""
    action = frame.get("action")
    reader = READERS.get(action) if isinstance(action, str) else None
    if reader is None or (given is not None and not id) or (action in NAMED and not id):
        raise Unfit("junk", id)
    try:
        return Said(str(action), id, reader(frame))
    except Unfit as unfit:
        raise Unfit(unfit.code, id) from None


def cut(said: Said, speaker: SocketSpeaker, request_id: str) -> Cut:
    """The event in a frame. What is no event (hello, typing) is cut into nothing."""
    name = _name(said) or request_id
    piece = Piece(f"{speaker.visitor}:{name}", speaker.visitor, _payload(said, speaker))
    if said.action == "ack":
        return Cut(states=(piece,))
    return Cut(events=(piece,) if said.action in MEANINGS else ())


def _name(said: Said) -> str:
    """A mark of the words is in it: the same id with other words is another event, and is not lost."""
    if said.action == "ack":
        return f"ack:{said.fields['seq']}"
    return f"{said.id}:{digest(said.action, *map(str, said.fields.values()))[:8]}" if said.id else ""


def parse(raw: Raw) -> Arrival | Ignored:
    """What the visitor did. Raises Rejected for what this door never wrote."""
    told = _told(raw)
    if told["frame"].get("action") not in MEANINGS:
        return Ignored("unknown_action")
    try:
        what = _with_files(MEANINGS[told["frame"]["action"]](told["frame"]), told["frame"], told["visitor"])
    except (KeyError, TypeError, ValueError, Malformed) as error:
        raise Rejected("not_a_frame") from error
    visitor, language = told["visitor"], str(told.get("language") or "")
    return Arrival(Way(raw.channel, visitor_address(visitor), reply_to=visitor), what, language)


def _with_files(what: Meaning, frame: Fields, visitor: str) -> Meaning:
    """The files lie in the places of this visitor, whoever else's the frame may name."""
    if not isinstance(what, Message) or not frame.get("files"):
        return what
    parts = tuple(file.part(VISITOR, visitor) for file in attached(frame["files"]))
    return replace(what, content=Content(what.text, parts))


def parse_state(raw: Raw) -> StateUpdate | Ignored:
    """The widget's word that it showed a message of ours."""
    told = _told(raw)
    customer_id, seq = told.get("customer_id"), told["frame"].get("seq")
    if not customer_id or not isinstance(seq, int):
        return Ignored("not_ours")
    return StateUpdate(Reference(str(customer_id), seq), Delivery.DELIVERED)


def _message(frame: Fields) -> Fields:
    text, files = clean(string(frame, "text")), _files(frame)
    if not (text.strip() or files):
        raise Unfit("empty")
    if len(text) > TEXT_LIMIT or len(text.encode()) > TEXT_BYTES:
        raise Unfit("too_long")
    return {"text": mask(text)} | ({"files": [asdict(file) for file in files]} if files else {})


def _files(frame: Fields) -> tuple[Attached, ...]:
    try:
        return attached(frame.get("files"))
    except Malformed as error:
        raise Unfit("junk") from error


def _ask_code(frame: Fields) -> Fields:
    """A number as people type it. What could be a card or resident number instead is not even kept."""
    phone = typed_number(clean(string(frame, "phone")))
    digits = sum(c.isdigit() for c in phone)
    longest = LONGEST_PHONE if phone.startswith(("+", "00")) else LONGEST_LOCAL
    if not PHONE.fullmatch(phone) or not 5 <= digits <= longest:
        raise Unfit("bad_phone")
    return {"phone": phone}


def _callback(frame: Fields) -> Fields:
    """`at` is a moment in ISO 8601, or "" for as soon as it is their turn."""
    wished = string(frame, "at") if frame.get("at") else ""
    if wished and not MOMENT.fullmatch(wished):
        raise Unfit("junk")
    try:
        return {**_ask_code(frame), "at": iso(from_iso(wished)) if wished else ""}
    except ValueError as error:  # a day that no month has
        raise Unfit("junk") from error


def _choose(frame: Fields) -> Fields:
    choice = string(frame, "choice")
    if not CHOICE_ID.fullmatch(choice):
        raise Unfit("junk")
    return {"choice": choice, "of": number(frame, "of", 1, LAST_SEQ)}


READERS: dict[str, Callable[[Fields], Fields]] = {
    "message": _message,
    "choose": _choose,
    "ask_code": _ask_code,
    "callback": _callback,
    "no_callback": lambda frame: {},
    "survey": lambda frame: {"score": number(frame, "score", 1, 5)},
    "ack": lambda frame: {"seq": number(frame, "seq", 1, LAST_SEQ)},
    "hello": lambda frame: {"after": number({"after": 0, **frame}, "after", 0, LAST_SEQ)},
    "place": lambda frame: {},
    "times": lambda frame: {},
    "leave": lambda frame: {},
    "typing": lambda frame: {},
}
NAMED = frozenset({"message", "choose", "ask_code", "callback", "no_callback", "survey"})

MEANINGS: dict[str, Callable[[Fields], Meaning]] = {
    "message": lambda frame: Message(Content(clean(frame["text"]))),
    "choose": lambda frame: Chosen(str(frame["choice"]), int(frame["of"])),
    "ask_code": lambda frame: CodeRequest(str(frame["phone"])),
    "callback": lambda frame: CallbackRequest(
        str(frame["phone"]), from_iso(frame["at"]) if frame["at"] else None
    ),
    "no_callback": lambda frame: CallbackCancelled(),
    "survey": lambda frame: SurveyAnswer(int(frame["score"])),
    "leave": lambda frame: Left(),
}


def _payload(said: Said, speaker: SocketSpeaker) -> str:
    frame = {"action": said.action, "id": said.id, **said.fields}
    told: dict[str, Any] = {"frame": frame, "visitor": speaker.visitor, "language": speaker.language}
    told |= {"customer_id": speaker.customer_id} if said.action == "ack" else {}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _told(raw: Raw) -> dict[str, Any]:
    try:
        told = json.loads(raw.payload)
        if isinstance(told["frame"], dict) and isinstance(told["visitor"], str) and told["visitor"]:
            return dict(told)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Rejected("not_a_frame") from error
    raise Rejected("not_a_frame")
