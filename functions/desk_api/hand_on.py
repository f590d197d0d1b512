"""How a case goes on to somebody else: colleagues, transfer, consult."""

from dataclasses import dataclass

from functions.desk_api.answers import Keyed
from functions.desk_api.api import TALKS_WITH_CUSTOMERS, api, needs
from shared.domain.desk.colleague_view import Colleagues
from shared.domain.errors import Refused
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.hand_on import HandOn, Wish
from shared.use_cases.desk.see_colleagues import SeeColleagues
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class Handing(Keyed):
    """Where a case is to go: a `queue`, or the colleague `to`."""

    queue: str = ""
    to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    customer_id: str


@api.route("GET", "/colleagues", *TALKS_WITH_CUSTOMERS)
def colleagues(caller: Caller) -> Colleagues:
    """To whom the agent can hand this case on; with no case named, whom they can mention."""
    see, agent = SeeColleagues(*needs()), agent_of(ports().store, caller.id)
    if not api.asked("case_id"):
        return see.everybody(agent)
    return see(agent, api.asked("customer_id"), api.asked("case_id"))


@api.route("POST", "/cases/{case_id}/transfer", *TALKS_WITH_CUSTOMERS)
def transfer(caller: Caller, case_id: str) -> None:
    """A reason goes along: whoever gets the case reads what is to be done."""
    told = api.body(Handing)
    if not told.note.strip():
        raise Refused("reason_missing", status=422)
    HandOn(*needs()).transfer(_wish(caller, case_id, told), told.key)


@api.route("POST", "/cases/{case_id}/consult", *TALKS_WITH_CUSTOMERS)
def consult(caller: Caller, case_id: str) -> None:
    told = api.body(Handing)
    HandOn(*needs()).ask(_wish(caller, case_id, told), told.key)


@api.route("POST", "/cases/{case_id}/hand-over", *TALKS_WITH_CUSTOMERS)
def hand_over(caller: Caller, case_id: str) -> None:
    told = api.body(Handing)
    HandOn(*needs()).hand_over(_wish(caller, case_id, told), told.key)


@api.route("POST", "/cases/{case_id}/end-consult", *TALKS_WITH_CUSTOMERS)
def end_consult(caller: Caller, case_id: str) -> None:
    HandOn(*needs()).end(caller.id, api.body(Ending).customer_id, case_id)


def _wish(caller: Caller, case_id: str, told: Handing) -> Wish:
    return Wish(caller.id, told.customer_id, case_id, told.queue, told.to, told.note)
