"""Customers and cases by what somebody types."""

from dataclasses import replace

from functions.desk_api.api import READS, api
from shared.domain.address.readable import reworded
from shared.domain.desk.find_view import FoundPage
from shared.edge.observability import logger
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.find import Find


@api.route("GET", "/find", *READS)
def find(caller: Caller) -> FoundPage:
    """What was typed is a customer's name or number, so no log has it."""
    page = Find(ports().store, ports().settings)(api.asked("q"), api.asked("cursor"))
    logger().info("searched", actor=caller.actor, found=len(page.items))
    said = caller.language
    called = (replace(o, name=reworded(o.name, said), shown=reworded(o.shown, said)) for o in page.items)
    return replace(page, items=tuple(called))
