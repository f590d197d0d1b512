"""What is known of a customer, and what they are to the centre."""

from dataclasses import dataclass

from functions import channels
from functions.desk_api.api import READS, SETS_TIERS, api, needs
from functions.desk_api.looks import look
from shared.domain.desk.card_view import Card
from shared.domain.desk.views import Page
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.customer.set_tier import set_tier
from shared.use_cases.desk.see_customer import SeeCustomer

PAGE = 100


@dataclass(frozen=True, slots=True)
class Tier:
    """One word of the centre's own, as its rules name it; "" for none."""

    tier: str


@api.route("GET", "/customers/{customer_id}", *READS)
def card(caller: Caller, customer_id: str) -> Card:
    look(caller, customer_id)
    return _see().card(customer_id, caller.language)


@api.route("GET", "/customers/{customer_id}/entries", *READS)
def entries(caller: Caller, customer_id: str) -> Page:
    after, limit = api.asked_number("after", 0), api.asked_number("limit", PAGE)
    look(caller, customer_id)
    return _see().entries(customer_id, after, limit)


@api.route("PUT", "/customers/{customer_id}/tier", *SETS_TIERS)
def tier(caller: Caller, customer_id: str) -> None:
    set_tier(*needs(), customer_id, api.body(Tier).tier, caller.actor)


def _see() -> SeeCustomer:
    return SeeCustomer(ports().store, channels.now)
