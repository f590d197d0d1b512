"""What supervisors see: the day's figures, what happens now, the files of reports."""

from typing import Any

from functions import channels
from shared.domain.desk.why_view import ContactWhy
from shared.domain.times import local_day
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.staff import Caller, StaffApi
from shared.edge.wiring import ports
from shared.use_cases.desk.find_contact import FindContact
from shared.use_cases.desk.see_live import Live, SeeLive
from shared.use_cases.desk.see_why import SeeWhy
from shared.use_cases.report.see_reports import DayFigures, ReportFile, SeeReports

api = StaffApi("supervisor_api")
MAY = ("supervisor", "admin")
ALL = "all"  # in the place of a contact: all of the customer's


@answers_self_check
def handler(event: dict[str, Any], context: object) -> Any:
    return api.app(event, context)


@api.route("GET", "/figures", *MAY)
def figures(caller: Caller) -> DayFigures:
    today = local_day(ports().clock(), ports().settings.centre().zone)
    return _see_reports().figures(api.asked_day("day", today))


@api.route("GET", "/live", *MAY)
def live(caller: Caller) -> Live:
    return SeeLive(ports().store, ports().settings, ports().clock)()


@api.route("GET", "/reports", *MAY)
def reports(caller: Caller) -> dict[str, tuple[ReportFile, ...] | None]:
    return {"items": _see_reports().newest(), "next": None}


@api.route("GET", "/contacts/{contact_id}/why", *MAY)
def why(caller: Caller, contact_id: str) -> dict[str, tuple[ContactWhy, ...] | None]:
    """`customer` is their id or address; without it, the contact is looked for among what agents have."""
    find = FindContact(ports().store, ports().settings)
    customer_id, which = find(api.asked("customer") or contact_id)
    logger().info("customer_looked_at", actor=caller.actor, customer=customer_id)
    which = which or ("" if contact_id in (ALL, customer_id) else contact_id)
    return {"items": SeeWhy(ports().store, channels.now)(customer_id, which, caller.language), "next": None}


def _see_reports() -> SeeReports:
    return SeeReports(ports().store, ports().files, ports().settings)


early("store", "settings", "files", then=channels.imported)
