"""Voice, what goes out: one request to Twilio for each order of the operator, and for the survey's question.

https://www.twilio.com/docs/voice/api/call-resource
https://www.twilio.com/docs/voice/api/recording
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from functions.channels.voice.line import Line
from functions.channels.voice.orders import Asked, Form, request_of, twiml_of
from functions.channels.voice.spoken import survey
from shared.domain.call.order import Order
from shared.domain.call.said import Said
from shared.domain.channel.call_place import HOLDS, CallPlace
from shared.domain.channel.carriage import Basic, Failed, HttpCall, Later, NoAnswer, OtherSide, Sent
from shared.domain.customer.call import Call, Leg
from shared.domain.errors import Rejected
from shared.domain.text import language_of
from shared.domain.timeline.entry import Entry, Kind
from shared.providers import twilio, twilio_answers

interpret = twilio_answers.interpret

GOING_ON = frozenset({"queued", "initiated", "ringing", "in-progress"})


def render_order(
    order: Order, call: Call, said: Said, secret: Mapping[str, str], other_side: OtherSide
) -> HttpCall:
    """The request that carries out an order. Raises Rejected for what cannot be asked."""
    method, path, form = request_of(Asked(order, call, said, secret, other_side.public_url))
    return _request(method, path, form, secret, other_side)


@dataclass(frozen=True, slots=True)
class Look:
    """Whether Twilio rings a leg whose creation was never answered: the one call there that goes on, and is
    none of those we know."""

    leg: Leg
    known: Collection[str]

    def render(self, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
        """Twilio filters by the day alone."""
        asked = urlencode({"To": self.leg.to, "StartTime>": self.leg.at.date().isoformat()})
        return _request("GET", f"Calls.json?{asked}", {}, secret, other_side)

    def interpret(self, status: int, body: bytes) -> Sent | Failed | Later | NoAnswer:
        if not 200 <= status < 300:
            return interpret(status, body)
        calls = twilio_answers.document(body).get("calls")
        listed = [one for one in calls if isinstance(one, dict)] if isinstance(calls, list) else []
        going = [one for one in listed if one.get("status") in GOING_ON and one.get("direction") != "inbound"]
        sids = {str(one.get("sid") or "") for one in going} - {"", *self.known}
        return Sent(sids.pop()) if len(sids) == 1 else Failed("not_found")


def render(entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
    """The survey's question, put to who is on the line still. Raises Rejected for anything else: what
    programs say on a call is said by the door, and staff speak.
    """
    if entry.kind is not Kind.SURVEY_ASKED:
        raise Rejected("not_on_calls")
    if not entry.way.thread:
        raise Rejected("call_over")
    place = CallPlace(
        "",
        entry.at + HOLDS,
        sid=entry.way.thread,
        address=entry.way.reply_to,
        member=entry.timeline,
        case_id=entry.case_id,
        interaction_id=entry.interaction_id,
        language=language_of(entry.text) or "en",
        seq=entry.seq,
    )
    line = Line(place, other_side.public_url, twilio.call_key(secret))
    return _request(
        "POST", f"Calls/{entry.way.thread}.json", twiml_of(survey(line, entry.text)), secret, other_side
    )


def credentials(secret: Mapping[str, str]) -> Basic:
    """Asked for where the account protects its recordings, as Twilio advises."""
    return twilio.calls(secret)[1]


def _request(
    method: str, path: str, form: Form, secret: Mapping[str, str], other_side: OtherSide
) -> HttpCall:
    url, auth = twilio.calls(secret, other_side.api_url)
    headers = {"accept": "application/json"}
    if form:
        headers["content-type"] = "application/x-www-form-urlencoded"
    return HttpCall(method, f"{url}/{path}", headers, urlencode(form, doseq=True).encode(), auth)
