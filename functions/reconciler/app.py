"""The ledger, every hour; each night also what was stored and never counted (trigger: schedule).

The night's check goes on hour after hour until it is done. The event `{"check": true}` begins another one
at once; `{"check": "<its name>"}` goes on with it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from shared.domain.errors import TryAgain
from shared.domain.times import iso, local_day, local_hour
from shared.edge.deadline import deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.report.announce_uncounted import AnnounceUncounted
from shared.use_cases.report.compare_names import CompareNames
from shared.use_cases.report.read_ledger import ReadLedger
from shared.use_cases.report.see_check import SeeCheck

LEFT = "aws/lambda/"  # where Lambda writes the batches that the publisher could not handle
NIGHT = 4  # the hour of the centre's zone from which the table is read
RESERVE_MS = 30_000  # what a page of each thread takes at most
COMPARE_RESERVE_MS = 450_000  # half of the time is the nightly check's


@answers_self_check
def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    compared(context)
    yesterday = local_day(ports().clock(), _zone()) - timedelta(days=1)
    answer = {"day": str(yesterday), "difference": difference(yesterday)}
    left_behind()
    return answer | check(event.get("check"), context)


def compared(context: Any) -> None:
    """What no door counted is told apart first, by name: else it would stand in for what is lost."""
    at = ports()
    found = CompareNames(at.store, at.journal, at.settings, at.clock)(deadline(context, COMPARE_RESERVE_MS))
    if found:
        logger().info("never_counted", number=found)


def difference(day: date) -> int:
    """What a day that is over cannot account for. LedgerAlarm looks at it, and at its absence."""
    ledger = ReadLedger(ports().store, ports().witness, ports().settings)(day)
    ports().meter.count("LedgerDifference", ledger.lost)
    logger().info("ledger_read", day=str(day), difference=ledger.lost, waiting=ledger.waiting)
    return ledger.lost


def left_behind() -> None:
    """Batches that were given up after 23 hours. Nothing else tells of them but the bucket."""
    if left := ports().files.names(LEFT):
        ports().meter.count("LeftBehind", len(left))
        logger().warning("batches_left_behind", files=len(left))


def check(asked: bool | str | None, context: Any) -> dict[str, Any]:
    """Raises TryAgain when a night's check is not done within its day: then the dead letters tell."""
    at, run = ports(), _run(asked)
    before = SeeCheck(at.store).run(run)
    announce = AnnounceUncounted(at.store, at.census, at.outbox, at.settings, at.clock)
    checked = before if before.finished else announce(run, deadline(context, RESERVE_MS))
    at.meter.count("AnnouncedAgain", checked.announced - before.announced)
    if not before.finished:
        logger().info("uncounted_checked", **asdict(checked))
    if not checked.finished and asked is None and local_hour(at.clock(), _zone()) == NIGHT - 1:
        raise TryAgain(f"the check of {run} did not come to its end within a day")
    return asdict(checked)


def _run(asked: bool | str | None) -> str:
    """A night's check has the name of the day in which it begins."""
    now = ports().clock()
    night = str(local_day(now - timedelta(hours=NIGHT), _zone()))
    return asked if isinstance(asked, str) else iso(now) if asked else night


def _zone() -> str:
    return ports().settings.centre().zone


# of the outbox it uses the bus alone, and only when something was lost: built, not rehearsed
early("store", "settings", "witness", "journal", "census", "files", then=lambda: ports().outbox)
