"""Why a contact was offered to whom, or why it waits."""

from functions import channels
from functions.supervisor_api.api import MAY, api
from shared.domain.desk.why_view import ContactWhy
from shared.edge.observability import logger
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.find_contact import FindContact
from shared.use_cases.desk.see_why import SeeWhy

ALL = "all"  # in the place of a contact: all of the customer's


@api.route("GET", "/contacts/{contact_id}/why", *MAY)
def why(caller: Caller, contact_id: str) -> dict[str, tuple[ContactWhy, ...] | None]:
    """`customer` is their id or an address; without it, the contact has to wait, or an agent has it."""
    find = FindContact(ports().store, ports().settings)
    customer_id, which = find(api.asked("customer") or contact_id)
    logger().info("customer_looked_at", actor=caller.actor, customer=customer_id)
    which = which or ("" if contact_id in (ALL, customer_id) else contact_id)
    return {"items": SeeWhy(ports().store, channels.now)(customer_id, which, caller.language), "next": None}
