"""What is known of a customer."""

from functions.desk_api.api import ANSWERS, READS, api
from shared.domain.views import Card, Page
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.see_customer import SeeCustomer

PAGE = 100


@api.route("GET", "/customers/{customer_id}", *READS)
def card(caller: Caller, customer_id: str) -> Card:
    return _see().card(customer_id, caller.language)


@api.route("GET", "/customers/{customer_id}/entries", *READS)
def entries(caller: Caller, customer_id: str) -> Page:
    return _see().entries(customer_id, api.asked_number("after", 0), api.asked_number("limit", PAGE))


@api.route("GET", "/saved-replies", *ANSWERS)
def saved_replies(caller: Caller) -> dict[str, list[str] | None]:
    return {"items": [], "next": None}


def _see() -> SeeCustomer:
    return SeeCustomer(ports().store, ports().settings)
