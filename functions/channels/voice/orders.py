"""What each order of the operator asks Twilio for: a method, a path below the account, and a form.

https://www.twilio.com/docs/voice/api/call-resource
https://www.twilio.com/docs/voice/api/recording
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from functions.channels.voice.line import Line
from functions.channels.voice.speaking import over, queued
from functions.channels.voice.spoken import held, joins, picks_up
from shared.domain.call.order import Act, Order
from shared.domain.call.said import Said
from shared.domain.channel.call_place import CallPlace
from shared.domain.customer.call import Call, Leg, LegRole
from shared.domain.errors import Rejected
from shared.providers import twilio, twiml

RINGS = 20  # seconds
HEARD = ("initiated", "ringing", "answered", "completed")
RECORDED = ("in-progress", "completed", "absent")
CURRENT = "Twilio.CURRENT"
STAFF = (LegRole.AGENT, LegRole.COLLEAGUE)
Form = dict[str, str | tuple[str, ...]]
Request = tuple[str, str, Form]


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
    def customer(self) -> Leg:
        """Raises Rejected where they are not on the line."""
        customer = self.call.customer
        if customer is None or not customer.sid:
            raise Rejected("call_over")
        return customer

    def line(self, leg: str = "") -> Line:
        """The addresses in what this order tells: about that leg of ours, or about the customer's, which
        has a name at the carrier already."""
        call, said = self.call, self.said
        customer = call.customer
        named = customer.sid if customer and leg in ("", customer.id) else ""
        place = CallPlace(
            "",
            said.until,
            sid=named,
            address=said.number,
            member=call.customer_id,
            case_id=call.case_id,
            interaction_id=call.interaction_id,
            leg=leg,
            language=said.language,
            queue=said.queue,
        )
        return Line(place, self.public_url, twilio.call_key(self.secret))


def request_of(asked: Asked) -> Request:
    return ORDERS[asked.order.act](asked)


def _dial(asked: Asked) -> Request:
    leg, line = asked.leg, asked.line(asked.leg.id)
    own = asked.call.own_side or asked.secret.get("from_number", "")
    if not own:
        raise Rejected("configuration")
    if not leg.to:
        raise Rejected("no_phone")
    form: Form = {
        "To": leg.to,
        "From": own,
        "Twiml": twiml.document(*_heard_by(asked, line)),
        "StatusCallback": line.tells("leg"),
        "StatusCallbackEvent": HEARD,
        "Timeout": str(RINGS),
    }
    return "POST", "Calls.json", form


def _heard_by(asked: Asked, line: Line) -> list[Element]:
    leg, call, said = asked.leg, asked.call, asked.said
    if leg.role is LegRole.CUSTOMER:
        return joins(line, call.interaction_id, said.notice)
    coach = _agents_sid(call, leg) if leg.listens == "whisper" else ""
    return picks_up(
        call.interaction_id, said.whisper, said.staff_language, muted=leg.listens == "listen", coach=coach
    )


def _agents_sid(call: Call, listener: Leg) -> str:
    """Raises Rejected where there is no agent to whisper to: everybody would hear it."""
    found = next((leg.sid for leg in call.staff() if leg.role in STAFF and leg.who != listener.who), "")
    if not found:
        raise Rejected("no_agent")
    return found


def _room(asked: Asked) -> Request:
    """The customer, or a supervisor who is to be heard otherwise from now on."""
    if asked.order.leg is None:
        return _told(asked, lambda line: joins(line, asked.call.interaction_id, asked.said.notice))
    how = dict(asked.call.listeners).get(asked.leg.who, asked.leg.listens)
    coach = _agents_sid(asked.call, asked.leg) if how == "whisper" else ""
    spoken = picks_up(asked.call.interaction_id, "", "", muted=how == "listen", coach=coach)
    return "POST", f"Calls/{asked.leg.sid}.json", twiml_of(spoken)


def _queue(asked: Asked) -> Request:
    return _told(asked, lambda line: queued(line, "", asked.said.queue, asked.said.language))


def _hold(asked: Asked) -> Request:
    return _told(asked, held)


def _goodbye(asked: Asked) -> Request:
    return _told(asked, over)


def _told(asked: Asked, spoken: Callable[[Line], list[Element]]) -> Request:
    return "POST", f"Calls/{asked.customer.sid}.json", twiml_of(spoken(asked.line()))


def _hang_up(asked: Asked) -> Request:
    return "POST", f"Calls/{asked.leg.sid}.json", {"Status": "completed"}


def _record(asked: Asked) -> Request:
    """The leg in its address tells a recording of an earlier try apart."""
    of = asked.customer
    form: Form = {
        "RecordingChannels": "dual",
        "RecordingStatusCallback": asked.line(of.id).tells("recording"),
        "RecordingStatusCallbackEvent": RECORDED,
    }
    return "POST", f"Calls/{of.sid}/Recordings.json", form


def _pause(asked: Asked) -> Request:
    form: Form = {"Status": "paused", "PauseBehavior": "silence"}
    return "POST", f"Calls/{asked.customer.sid}/Recordings/{CURRENT}.json", form


def _resume(asked: Asked) -> Request:
    return "POST", f"Calls/{asked.customer.sid}/Recordings/{CURRENT}.json", {"Status": "in-progress"}


def _delete(asked: Asked) -> Request:
    return "DELETE", f"Recordings/{asked.call.recording_sid}.json", {}


ORDERS: Mapping[Act, Callable[[Asked], Request]] = {
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


def twiml_of(spoken: list[Element]) -> Form:
    return {"Twiml": twiml.document(*spoken)}
