"""What supervisors see and do: the day's figures, what happens now, the files of reports."""

from typing import Any

from functions import channels
from functions.supervisor_api import actions, cases, day, notices, why
from functions.supervisor_api.api import MAY, api, needs
from shared.domain.desk.live_view import Live
from shared.domain.times import local_day
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.see_live import SeeLive
from shared.use_cases.report.see_reports import DayFigures, ReportFile, SeeReports

ROUTES = (actions, cases, day, notices, why)  # importing them adds their routes


@answers_self_check
def handler(event: dict[str, Any], context: object) -> Any:
    return api.app(event, context)


@api.route("GET", "/figures", *MAY)
def figures(caller: Caller) -> DayFigures:
    today = local_day(ports().clock(), ports().settings.centre().zone)
    return _see_reports().figures(api.asked_day("day", today))


@api.route("GET", "/live", *MAY)
def live(caller: Caller) -> Live:
    return SeeLive(*needs())()


@api.route("GET", "/reports", *MAY)
def reports(caller: Caller) -> dict[str, tuple[ReportFile, ...] | None]:
    return {"items": _see_reports().newest(), "next": None}


def _see_reports() -> SeeReports:
    return SeeReports(ports().store, ports().files, ports().settings)


early("store", "settings", "files", then=channels.imported)
