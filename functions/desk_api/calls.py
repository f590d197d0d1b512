"""Calls to customers who asked for one, or are promised one."""

from dataclasses import dataclass
from datetime import datetime

from functions.desk_api.answers import Keyed
from functions.desk_api.api import TALKS_WITH_CUSTOMERS, api, needs
from shared.edge import asked
from shared.edge.staff import Caller
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
class Tried(Keyed):
    answered: bool


@api.route("POST", "/cases/{case_id}/callback", *TALKS_WITH_CUSTOMERS)
def promise(caller: Caller, case_id: str) -> None:
    """The customer is called at that moment; until then the case is nobody's."""
    told = api.body(Promised)
    MakeCallback(*needs()).schedule(caller.id, told.customer_id, case_id, told.phone, told.moment, told.key)


@api.route("POST", "/cases/{case_id}/calls", *TALKS_WITH_CUSTOMERS)
def tried(caller: Caller, case_id: str) -> None:
    """Whether the customer answered the call."""
    told = api.body(Tried)
    MakeCallback(*needs()).tried(caller.id, told.customer_id, case_id, told.answered, told.key)
