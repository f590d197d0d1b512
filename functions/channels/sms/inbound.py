"""SMS from Twilio: https://www.twilio.com/docs/messaging/guides/webhook-request

Signed forms, one event each. Twilio does not deliver again: what this door refuses stays in Twilio's own
list, where listing.py finds it.
"""

import re
from base64 import b64decode
from codecs import getincrementaldecoder
from unicodedata import category
from urllib.parse import parse_qsl, urlencode

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored, Message, Reference, StateUpdate, Wish
from shared.domain.channel.commands import Raw
from shared.domain.channel.request import Cut, HttpReply, Piece, Request
from shared.domain.errors import Malformed, Rejected
from shared.domain.masking import mask
from shared.domain.text import clean
from shared.domain.timeline.content import Content, Part
from shared.providers import form, twilio

PROOF = "signature"
BODY_LIMIT = 64 * 1024  # 1,600 characters take 14 KB, ten pictures 4; the rest is left for what add-ons say
TEXT_LIMIT = 2000  # Twilio takes 1,600; what is longer ends with CUT
CUT = " […]"
LONGEST_ENCODED = 16_000
LONGEST_SID, LONGEST_NAME, LONGEST_ADDRESS = 64, 256, 1000
MOST_PARAMETERS = 100
MOST_MEDIA = 10
# Some carriers hand over a concatenated (so: long) message in base64. 60 characters without a space are no
# human word, so a text of this form is tried as base64.
ENCODED = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")
LINE_ENDS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
# The words that the carrier itself acts upon, which may be other words than ours.
CARRIER = {"STOP": Wish.OPT_OUT, "START": Wish.OPT_IN}

NAMES = ("From", "To", "MessageStatus", "ErrorCode")

prove = twilio.prove


def cut(request: Request) -> Cut:
    """A message, or the state of one of ours, told apart by their fields: a number whose two URLs
    were swapped in Twilio's console still works.
    """
    pairs = form.form(request)
    fields = form.first(pairs)
    sid = fields.get("MessageSid") or fields.get("SmsSid")
    if not sid:
        raise Malformed("no MessageSid")
    if len(sid) > LONGEST_SID or max(len(fields.get(name, "")) for name in NAMES) > LONGEST_NAME:
        raise Malformed("a name is too long")
    if "MessageStatus" in fields and "Body" not in fields:
        payload = urlencode([*_reference(request.query), *pairs], errors="replace")
        return Cut(states=(Piece(f"{sid}:{fields['MessageStatus']}", fields.get("To", ""), payload),))
    as_sent = request.body.decode() if request.body.isascii() else ""
    return Cut(events=(piece(pairs, as_sent),))


def piece(pairs: form.Pairs, as_sent: str = "") -> Piece:
    """The event of a form with a message, masked; `as_sent` is kept where nothing had to be."""
    fields, masked = form.first(pairs), [_masked(pair) for pair in pairs]
    payload = as_sent if as_sent and masked == pairs else urlencode(masked)
    return Piece(_sid(fields), fields.get("From", "").strip(), payload)


def parse(raw: Raw) -> Arrival | Ignored:
    """The message as the customer meant it. Senders pass as they were written: a number, a short code,
    a name, `anonymous`; what they are worth as an address is decided by the router.
    """
    fields = _fields(raw)
    text, parts = clean(fields.get("Body", "")), _parts(fields)
    if not text and not parts and not fields.get("OptOutType"):
        return Ignored("empty")
    sender = fields.get("From", "").strip()
    way = Way(raw.channel, Address("phone", sender), "", sender, fields.get("To", "").strip())
    wish = CARRIER.get(fields.get("OptOutType", "").strip().upper(), Wish.NONE)
    return Arrival(way, Message(Content(text, parts), wish=wish))


def parse_state(raw: Raw) -> StateUpdate | Ignored:
    """What became of our message, found by the reference we put into the callback's address."""
    fields = _fields(raw)
    word = fields.get("MessageStatus", "")
    if word in twilio.ON_THE_WAY:
        return Ignored("on_the_way")
    if word not in twilio.STATES:
        return Ignored("unknown_state")
    customer_id, seq = fields.get("c", ""), fields.get("s", "")
    if not 0 < len(customer_id) <= LONGEST_SID or not (seq.isascii() and seq.isdecimal() and len(seq) < 12):
        return Ignored("not_ours")
    code = fields.get("ErrorCode", "")
    reason = twilio.reason(code) or ("canceled" if word == "canceled" else "")
    return StateUpdate(Reference(customer_id, int(seq)), twilio.STATES[word], _sid(fields), reason, code[:16])


def answer(request: Request, cut: Cut) -> HttpReply:
    """No answer to the customer: an empty TwiML document, the only body Twilio accepts silently."""
    return HttpReply(200, "<Response/>", "text/xml")


def _reference(query: str) -> list[tuple[str, str]]:
    """Our own c and s from the callback's query, which the signature covers.

    They are put before the form's fields: of two fields with the same name the first counts.
    """
    try:
        return [pair for pair in parse_qsl(query, max_num_fields=MOST_PARAMETERS) if pair[0] in ("c", "s")]
    except ValueError as error:
        raise Malformed("too many parameters") from error


def _masked(pair: tuple[str, str]) -> tuple[str, str]:
    """The words of the customer without card and resident numbers. Nothing else is touched: a SID or
    a phone number can look like a card.
    """
    name, value = pair
    return (name, _short(_decoded(value[:LONGEST_ENCODED]))) if name == "Body" else pair


def _short(text: str) -> str:
    """Masked. A card on the edge is seen whole before the text is cut there."""
    masked = mask(text[: TEXT_LIMIT + 100])
    return masked if len(text) <= TEXT_LIMIT else masked[:TEXT_LIMIT] + CUT


def _decoded(text: str) -> str:
    """Some carriers hand concatenated messages over in base64 as a whole: in lines, or cut at the end. A plus
    that nobody escaped has become a blank.
    """
    whole = LINE_ENDS.sub("", text.strip("\ufeff \t\r\n")).replace(" ", "+")
    if not ENCODED.fullmatch(whole):
        return text
    letters = whole.rstrip("=")
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    decoded = _utf8(b64decode(letters + "=" * (-len(letters) % 4)))
    return decoded if decoded and all(map(_written, decoded)) else text


def _utf8(data: bytes) -> str:
    """ "" for what is no UTF-8; of a character that was cut at the end, nothing stays."""
    try:
        return getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        return ""


def _written(c: str) -> bool:
    """Whether people write it: also what joins the parts of an emoji."""
    return c.isprintable() or c.isspace() or category(c) == "Cf"


def _fields(raw: Raw) -> dict[str, str]:
    fields = form.first(parse_qsl(raw.payload, keep_blank_values=True))
    if not _sid(fields):
        raise Rejected("no_sid")
    return fields


def _sid(fields: dict[str, str]) -> str:
    return fields.get("MessageSid") or fields.get("SmsSid") or ""


def _parts(fields: dict[str, str]) -> tuple[Part, ...]:
    """What came along, by reference; a number of attachments that is nonsense counts as none."""
    told = fields.get("NumMedia", "0")
    number = min(int(told), MOST_MEDIA) if told.isascii() and told.isdecimal() and len(told) < 4 else 0
    return tuple(
        Part(type=fields.get(f"MediaContentType{i}", "")[:LONGEST_NAME], source=_address(fields, i))
        for i in range(number)
    )


def _address(fields: dict[str, str], i: int) -> str:
    """Where the file is, "" for what is no address."""
    told = fields.get(f"MediaUrl{i}", "").strip()
    return told if len(told) <= LONGEST_ADDRESS else ""
