"""What supervisors do: move and give contacts, drain agents, drain and close queues."""

from dataclasses import dataclass
from typing import Any

from functions.supervisor_api.api import MAY, api, needs
from shared.domain.desk.live_view import LiveAgent, live_agent
from shared.domain.desk.waiting_view import WaitingPage, Which
from shared.domain.errors import Malformed
from shared.domain.queue_state import Opening
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.see_waiting import SeeWaiting
from shared.use_cases.routing.run_queues import RunQueues
from shared.use_cases.routing.supervise import AT_MOST, Moved, Named, Supervise

LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class Move:
    """Out of `queue` into `to`: `contacts`, or all that fit the filter."""

    queue: str
    to: str
    channel: str = ""
    need: str = ""
    older: int = 0
    contacts: list[Any] | None = None


@dataclass(frozen=True, slots=True)
class Give:
    customer_id: str
    case_id: str
    interaction_id: str
    agent_id: str


@dataclass(frozen=True, slots=True)
class Draining:
    draining: bool


@dataclass(frozen=True, slots=True)
class Run:
    """`opening` is open, draining or closed; `into` gets the new customers of a drained queue."""

    queue: str
    opening: Opening
    why: str = ""
    into: str = ""


@api.route("GET", "/waiting", *MAY)
def waiting(caller: Caller) -> WaitingPage:
    which = Which(api.asked("channel"), api.asked("need"), api.asked_number("older", 0))
    return SeeWaiting(*needs())(api.asked("queue"), which, api.asked_number("after", 0))


@api.route("POST", "/moves", *MAY)
def move(caller: Caller) -> Moved:
    told = api.body(Move)
    which, only = Which(told.channel, told.need, told.older), [_named(one) for one in told.contacts or ()]
    if len(only) > AT_MOST:
        raise Malformed("too many contacts at once")
    supervise = Supervise(*needs(), ports().at_once)
    return supervise.move(told.queue, told.to, which, only, caller.actor)


@api.route("POST", "/assignments", *MAY)
def give(caller: Caller) -> dict[str, bool]:
    """`rings` is False where they wait for this agent."""
    told = api.body(Give)
    named = Named(told.customer_id, told.case_id, told.interaction_id)
    return {"rings": Supervise(*needs()).give(named, told.agent_id, caller.actor)}


@api.route("PUT", "/agents/{agent_id}/draining", *MAY)
def drain(caller: Caller, agent_id: str) -> LiveAgent:
    return live_agent(Supervise(*needs()).drain(agent_id, api.body(Draining).draining, caller.actor))


@api.route("PUT", "/queue-state", *MAY)
def run_queue(caller: Caller) -> dict[str, str]:
    told = api.body(Run)
    state = RunQueues(*needs())(told.queue, told.opening, caller.actor, told.why[:LONGEST_WHY], told.into)
    return {"queue": state.queue, "opening": state.opening, "into": state.into}


def _named(told: Any) -> Named:
    names = ("customer_id", "case_id", "interaction_id")
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in names):
        raise Malformed("a contact is named by its customer, case and interaction")
    return Named(*(told[name] for name in names))
