"""What was written is found by its words."""

from functions import channels
from functions.desk_api.api import READS, api
from functions.desk_api.looks import look
from shared.domain.desk.text_view import TextHits
from shared.edge.observability import logger
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.find_in_customer import FindInCustomer
from shared.use_cases.desk.find_texts import FindTexts


@api.route("GET", "/find/texts", *READS)
def texts(caller: Caller) -> TextHits:
    """With all customers, or with the one that is named: that is a look at them, and noted as such."""
    query, cursor, customer_id = api.asked("q"), api.asked("cursor"), api.asked("customer")
    if customer_id:
        look(caller, customer_id)
    # Behind the look: what is no customer's id may be a name or a number, which no log has.
    logger().info("texts_searched", actor=caller.actor, customer=customer_id)
    if customer_id:
        find = FindInCustomer(ports().store, channels.now)
        return find(customer_id, query, cursor, caller.language)
    return FindTexts(ports().store, ports().finder, channels.now)(query, cursor, caller.language)
