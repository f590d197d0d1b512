"""Voice, what goes out: one request to Twilio for each order of the operator, and for the survey's question.

https://www.twilio.com/docs/voice/api/call-resource
https://www.twilio.com/docs/voice/api/recording
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from functions.channels.voice.spoken import Line, document_of
from shared.domain.call.order import Act, Order
from shared.domain.call.said import TOKENS_HOLD, Said
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.carriage import Basic, Failed, HttpCall, Later, NoAnswer, OtherSide, Sent
from shared.domain.customer.call import Call, Leg, LegRole
from shared.domain.errors import Rejected
from shared.domain.text import language_of
from shared.domain.timeline.entry import Entry, Kind
from shared.providers import twilio

RINGS = 20  # seconds
HEARD = ("initiated", "ringing", "answered", "completed")
RECORDED = ("in-progress", "completed", "absent")
CURRENT = "Twilio.CURRENT"
GOING_ON = frozenset({"queued", "initiated", "ringing", "in-progress"})
Form = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """An order with all that its request is made of."""

    order: Order
    call: Call
    said: Said
    secret: Mapping[str, str]
    public_url: str

    @property
    def leg(self) -> Leg:
        """Raises Rejected for an order that names none."""
        if self.order.leg is None:
            raise Rejected("no_leg")
        return self.order.leg

    @property
    def customer(self) -> str:
        """The carrier's name of the customer's leg. Raises Rejected where they are not on the line."""
        customer = self.call.customer
        if customer is None or not customer.sid:
            raise Rejected("call_over")
        return customer.sid

    def line(self, leg: str = "") -> Line:
        """The addresses in what this order tells: about that leg of ours, or about the customer."""
        call, said = self.call, self.said
        place = CallPlace(
            "",
            said.until,
            sid="" if leg else self.customer,
            address=said.number,
            member=call.customer_id,
            case_id=call.case_id,
            interaction_id=call.interaction_id,
            leg=leg,
            language=said.language,
            queue=said.queue,
        )
        return Line(place, self.public_url, twilio.call_key(self.secret))


def render_order(
    order: Order, call: Call, said: Said, secret: Mapping[str, str], other_side: OtherSide
) -> HttpCall:
    """The request that carries out an order. Raises Rejected for what cannot be asked."""
    method, path, form = ORDERS[order.act](Asked(order, call, said, secret, other_side.public_url))
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
        calls = _object(body).get("calls")
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
        entry.at + TOKENS_HOLD,
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
        "POST", f"Calls/{entry.way.thread}.json", _twiml(line.survey(entry.text)), secret, other_side
    )


def interpret(status: int, body: bytes) -> Sent | Failed | Later | NoAnswer:
    """What Twilio's answer means for an order, or for the question."""
    told = _object(body)
    if 200 <= status < 300:
        return Sent(str(told.get("sid") or ""))
    return twilio.refusal(status, str(told.get("code") or ""))


def credentials(secret: Mapping[str, str]) -> Basic:
    """Asked for where the account protects its recordings, as Twilio advises."""
    return twilio.calls(secret)[1]


def _dial(asked: Asked) -> tuple[str, str, Form]:
    leg, line = asked.leg, asked.line(asked.leg.id)
    own = asked.call.own_side or asked.secret.get("from_number", "")
    if not own:
        raise Rejected("configuration")
    if not leg.to:
        raise Rejected("no_phone")
    form: Form = {
        "To": leg.to,
        "From": own,
        "Twiml": document_of(_heard_by(asked, line)),
        "StatusCallback": line.tells("leg"),
        "StatusCallbackEvent": HEARD,
        "Timeout": str(RINGS),
    }
    return "POST", "Calls.json", form


def _heard_by(asked: Asked, line: Line) -> list[Any]:
    leg, call, said = asked.leg, asked.call, asked.said
    if leg.role is LegRole.CUSTOMER:
        return line.joins(call.interaction_id, said.notice)
    coach = _agents_sid(call, leg) if leg.listens == "whisper" else ""
    return line.picks_up(
        call.interaction_id, said.whisper, said.staff_language, muted=leg.listens == "listen", coach=coach
    )


def _agents_sid(call: Call, listener: Leg) -> str:
    """Raises Rejected where there is no agent to whisper to: everybody would hear it."""
    found = next((leg.sid for leg in call.staff() if leg.role in STAFF and leg.who != listener.who), "")
    if not found:
        raise Rejected("no_agent")
    return found


STAFF = (LegRole.AGENT, LegRole.COLLEAGUE)


def _room(asked: Asked) -> tuple[str, str, Form]:
    """The customer, or a supervisor who is to be heard otherwise from now on."""
    if asked.order.leg is None:
        return _told(asked, lambda line: line.joins(asked.call.interaction_id, asked.said.notice))
    how = dict(asked.call.listeners).get(asked.leg.who, asked.leg.listens)
    coach = _agents_sid(asked.call, asked.leg) if how == "whisper" else ""
    line = asked.line(asked.leg.id)
    spoken = line.picks_up(asked.call.interaction_id, "", "", muted=how == "listen", coach=coach)
    return "POST", f"Calls/{asked.leg.sid}.json", _twiml(spoken)


def _queue(asked: Asked) -> tuple[str, str, Form]:
    return _told(asked, lambda line: line.queued(asked.said.queue))


def _hold(asked: Asked) -> tuple[str, str, Form]:
    return _told(asked, lambda line: line.held())


def _goodbye(asked: Asked) -> tuple[str, str, Form]:
    return _told(asked, lambda line: line.goodbye())


def _told(asked: Asked, spoken: Callable[[Line], list[Any]]) -> tuple[str, str, Form]:
    return "POST", f"Calls/{asked.customer}.json", _twiml(spoken(asked.line()))


def _hang_up(asked: Asked) -> tuple[str, str, Form]:
    return "POST", f"Calls/{asked.leg.sid}.json", {"Status": "completed"}


def _record(asked: Asked) -> tuple[str, str, Form]:
    form: Form = {
        "RecordingChannels": "dual",
        "RecordingStatusCallback": asked.line().tells("recording"),
        "RecordingStatusCallbackEvent": RECORDED,
    }
    return "POST", f"Calls/{asked.customer}/Recordings.json", form


def _pause(asked: Asked) -> tuple[str, str, Form]:
    form: Form = {"Status": "paused", "PauseBehavior": "silence"}
    return "POST", f"Calls/{asked.customer}/Recordings/{CURRENT}.json", form


def _resume(asked: Asked) -> tuple[str, str, Form]:
    return "POST", f"Calls/{asked.customer}/Recordings/{CURRENT}.json", {"Status": "in-progress"}


def _delete(asked: Asked) -> tuple[str, str, Form]:
    return "DELETE", f"Recordings/{asked.call.recording_sid}.json", {}


ORDERS: Mapping[Act, Callable[[Asked], tuple[str, str, Form]]] = {
    Act.DIAL: _dial,
    Act.ROOM: _room,
    Act.QUEUE: _queue,
    Act.HOLD: _hold,
    Act.GOODBYE: _goodbye,
    Act.HANG_UP: _hang_up,
    Act.RECORD: _record,
    Act.PAUSE: _pause,
    Act.RESUME: _resume,
    Act.DELETE: _delete,
}


def _twiml(spoken: list[Any]) -> Form:
    return {"Twiml": document_of(spoken)}


def _request(
    method: str, path: str, form: Form, secret: Mapping[str, str], other_side: OtherSide
) -> HttpCall:
    url, auth = twilio.calls(secret, other_side.api_url)
    headers = {"accept": "application/json"}
    if form:
        headers["content-type"] = "application/x-www-form-urlencoded"
    return HttpCall(method, f"{url}/{path}", headers, urlencode(form, doseq=True).encode(), auth)


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
