"""What administrators and auditors see: the ledger, the settings."""

from typing import Any

from functions.admin_api import settings, states
from functions.admin_api.api import api
from shared.domain.channel.receipt import Mark
from shared.domain.times import iso, local_day
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.report.read_ledger import ReadLedger
from shared.use_cases.report.see_check import SeeCheck

ROUTES = (settings, states)  # importing them adds their routes
MOST_MARKS = 500


@answers_self_check
def handler(event: dict[str, Any], context: object) -> Any:
    return api.app(event, context)


@api.route("GET", "/ledger", "admin", "auditor", "supervisor")
def ledger(caller: Caller) -> dict[str, object]:
    """`waiting` is all that lies in the doors' queues; the channels' own share is what they miss of it."""
    today = local_day(ports().clock(), ports().settings.centre().zone)
    read = ReadLedger(ports().store, ports().witness, ports().settings)(api.asked_day("day", today))
    newest = sorted(read.marks, key=lambda mark: mark.at, reverse=True)[:MOST_MARKS]
    return {
        "day": read.day,
        "channels": read.lines,
        "waiting": read.waiting,
        "adds_up": read.adds_up,
        "lost": read.lost,
        "never_counted": read.never_counted,
        "unnamed": read.unnamed,
        "compared": read.compared and iso(read.compared),
        "check": SeeCheck(ports().store).of_day(read.day),
        "marks": [_told(mark) for mark in newest],
    }


def _told(mark: Mark) -> dict[str, object]:
    names = ("channel", "outcome", "reason", "event_id", "acceptance")
    return {"at": iso(mark.at), **{name: getattr(mark, name) for name in names}}


early("store", "settings", "witness")
