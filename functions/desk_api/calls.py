"""Calls: those that agents place, have or promise."""

from dataclasses import dataclass
from datetime import datetime

from functions.desk_api.answers import Keyed
from functions.desk_api.api import TALKS_WITH_CUSTOMERS, api, needs
from shared.domain.call.acts import PLACE
from shared.domain.errors import Malformed
from shared.edge import asked
from shared.edge.observability import logger
from shared.edge.staff import Caller
from shared.use_cases.call.act_on_call import Act, ActOnCall
from shared.use_cases.call.place_call import PlaceCall
from shared.use_cases.case.make_callback import MakeCallback


@dataclass(frozen=True, slots=True)
class Promised(Keyed):
    """`at` is a moment in ISO 8601, with its zone."""

    phone: str
    at: str

    @property
    def moment(self) -> datetime:
        """Raises Malformed."""
        return asked.moment(self.at)


@dataclass(frozen=True, slots=True)
class Called(Keyed):
    """`act` is place, hold, resume, hang_up, pause_recording, resume_recording, add or drop; `number` is for
    place and add, `leg` for drop. Without an act: whether the customer `answered` a call that the agent made.
    """

    act: str = ""
    number: str = ""
    leg: str = ""
    answered: bool | None = None


@dataclass(frozen=True, slots=True)
class OnCall:
    """The case that the call is in, which `place` may have opened."""

    case_id: str
    customer_id: str


@api.route("POST", "/cases/{case_id}/callback", *TALKS_WITH_CUSTOMERS)
def promise(caller: Caller, case_id: str) -> None:
    """The customer is called at that moment; until then the case is nobody's."""
    told = api.body(Promised)
    MakeCallback(*needs()).schedule(caller.id, told.customer_id, case_id, told.phone, told.moment, told.key)


@api.route("POST", "/cases/{case_id}/calls", *TALKS_WITH_CUSTOMERS)
def called(caller: Caller, case_id: str) -> OnCall | None:
    """What an agent does with a call. The case may be `new` for one that they place."""
    told = api.body(Called)
    if not told.act:
        _tried(caller, case_id, told)
        return None
    if told.act == PLACE:
        line = PlaceCall(*needs())(caller.id, told.customer_id, case_id, told.number, told.key)
    else:
        act = Act(told.act, told.leg, told.number)
        line = ActOnCall(*needs())(caller.id, told.customer_id, case_id, act, told.key)
    logger().info("call_acted", act=told.act, actor=caller.actor, case=line.case_id, seq=line.seq)
    return OnCall(line.case_id, told.customer_id)


def _tried(caller: Caller, case_id: str, told: Called) -> None:
    """Whether the customer answered. Raises Malformed where that is not said."""
    if told.answered is None:
        raise Malformed("neither an act nor an answer")
    MakeCallback(*needs()).tried(caller.id, told.customer_id, case_id, told.answered, told.key)
