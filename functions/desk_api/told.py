"""What goes on at a case beside the talk: guided steps that are ticked, and who follows it."""

from dataclasses import dataclass

from functions.desk_api.answers import Keyed
from functions.desk_api.api import TALKS_WITH_CUSTOMERS, api, needs
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.case.tick_step import TickStep
from shared.use_cases.desk.follow_case import FollowCase


@dataclass(frozen=True, slots=True)
class Step(Keyed):
    """`step` is a code of the case's guide."""

    step: str
    done: bool


@dataclass(frozen=True, slots=True)
class Following:
    customer_id: str
    following: bool


@api.route("POST", "/cases/{case_id}/steps", *TALKS_WITH_CUSTOMERS)
def step(caller: Caller, case_id: str) -> None:
    told = api.body(Step)
    TickStep(*needs())(caller.id, told.customer_id, case_id, told.step, told.done, told.key)


@api.route("POST", "/cases/{case_id}/follow", *TALKS_WITH_CUSTOMERS)
def follow(caller: Caller, case_id: str) -> None:
    told, case = api.body(Following), FollowCase(ports().store, ports().clock)
    if told.following:
        case.follow(caller.id, told.customer_id, case_id)
    else:
        case.stop(caller.id, case_id)
