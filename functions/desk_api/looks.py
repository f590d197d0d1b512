"""Whoever of the staff looks at a customer is written down, before anything is shown."""

from functions.desk_api.api import TALKS_WITH_CUSTOMERS, needs
from shared.edge.observability import logger
from shared.edge.staff import Caller
from shared.use_cases.desk.note_look import NoteLook


def look(caller: Caller, customer_id: str) -> None:
    """Of supervisors and admins the log tells, whether they have a timeline or not. Raises Refused
    `no_customer`.
    """
    noted = NoteLook(*needs())(caller.id, customer_id)
    if not (noted and caller.may(*TALKS_WITH_CUSTOMERS)):
        logger().info("customer_looked_at", actor=caller.actor, customer=customer_id)
