"""Tables for BI, every night and on demand (trigger: schedule; event `{"day": "YYYY-MM-DD"}` or nothing)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shared.adapters.threads import ready
from shared.domain.times import local_day
from shared.edge import asked
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.report.export_reports import ExportReports


@answers_self_check
def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """Yesterday and today unless a day is named; answers with what was written where."""
    at = ports()
    export = ExportReports(at.store, at.files, at.tables, at.settings)
    days = _days(event.get("day"))
    files = export(*days)
    logger().info("reports_exported", days=[str(day) for day in days], files=len(files))
    return {"days": [str(day) for day in days], "files": list(files)}


def _days(told: str | None) -> list[date]:
    if told:
        return [asked.day("day", told)]
    today = local_day(ports().clock(), ports().settings.centre().zone)
    return [today - timedelta(days=1), today]


early("store", "files", "settings", "tables", then=ready)
