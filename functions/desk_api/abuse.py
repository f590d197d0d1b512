"""A conversation with an abusive customer: the notice, and its end."""

from dataclasses import dataclass

from functions.desk_api.answers import Keyed
from functions.desk_api.api import TALKS_WITH_CUSTOMERS, api, needs
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.end_abuse import EndAbuse


@dataclass(frozen=True, slots=True)
class Abusive(Keyed):
    """`notice`: the customer is warned, and the conversation goes on. `note` is for staff."""

    notice: bool
    note: str = ""


@api.route("POST", "/cases/{case_id}/abuse", *TALKS_WITH_CUSTOMERS)
def abuse(caller: Caller, case_id: str) -> dict[str, int]:
    """Answers with the minutes of rest that the agent is offered."""
    told, act = api.body(Abusive), EndAbuse(*needs())
    if told.notice:
        act.warn(caller.id, told.customer_id, case_id, told.key)
        return {"break_minutes": 0}
    act.end(caller.id, told.customer_id, case_id, told.note, told.key)
    return {"break_minutes": ports().settings.centre().abuse.break_minutes}
