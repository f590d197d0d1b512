"""The ledger, every hour; at night also what was stored and never counted (trigger: schedule).

The event `{"check": true}` asks for the nightly check at once.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from shared.domain.times import local_day, local_hour
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.wiring import ports
from shared.use_cases.report.announce_uncounted import AnnounceUncounted
from shared.use_cases.report.read_ledger import ReadLedger

NIGHT = 4  # the hour of the centre's zone in which the table is read
RESERVE_MS = 20_000


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    zone = ports().settings.centre().zone
    yesterday = local_day(ports().clock(), zone) - timedelta(days=1)
    answer: dict[str, Any] = {"day": str(yesterday), "difference": difference(yesterday)}
    if event.get("check") or local_hour(ports().clock(), zone) == NIGHT:
        answer |= check(context)
    return answer


def difference(day: date) -> int:
    """What a day that is over cannot account for; an alarm looks at it."""
    ledger = ReadLedger(ports().store, ports().witness, ports().settings)(day)
    missed = sum(abs(line.difference) for line in ledger.lines)
    ports().meter.count("LedgerDifference", missed)
    logger().info("ledger_read", day=str(day), difference=missed, waiting=ledger.waiting)
    return missed


def check(context: Any) -> dict[str, Any]:
    at = ports()
    announce = AnnounceUncounted(at.store, at.census, at.outbox, at.settings, at.clock)
    checked = announce(lambda: context is not None and context.get_remaining_time_in_millis() < RESERVE_MS)
    at.meter.count("AnnouncedAgain", checked.announced)
    log = logger().info if checked.finished else logger().warning
    log("uncounted_checked", **asdict(checked))
    return asdict(checked)


early("store", "settings", "witness")
