"""Show whether anything was lost: accepted at the doors against what became of it, per channel and day.

Exits 1 when it does not add up. What is still on its way gets a moment to arrive.
"""

import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import date

from infra.cli.answer import Answer
from infra.cli.days import as_day, today
from infra.cli.place import add_place, find_place
from infra.cli.table import table
from shared.domain.channel.ledger import Ledger, Line
from shared.domain.report.checkpoint import Checked

LOOK_EVERY = 0.5  # seconds
HEADS = (
    "channel",
    "accepted",
    "never counted",
    "handled",
    "ignored",
    "rejected",
    "duplicates",
    "states",
    "waiting",
    "lost",
)
NEVER_COUNTED = """\
Handled but never counted: {n}. After they were stored their door was stopped, or the queue did not answer it.
None of them is lost, and none makes up for a lost one."""
UNNAMED = "{n} of them are known by the sum alone, and may hide a lost one: the log has no names of them."


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--day", type=as_day, metavar="YYYY-MM-DD", help="a day of the centre (default: today)"
    )
    parser.add_argument(
        "--wait", type=float, default=10, metavar="SECONDS", help="for work in flight (default 10)"
    )
    add_place(parser)


def run(given: Namespace) -> Answer:
    find_place(given)
    ledger = _settled(given.day or today(), given.wait)
    check = _check(ledger.day)
    document = asdict(ledger) | {
        "channels": [asdict(line) for line in ledger.lines],
        "adds_up": ledger.adds_up,
        "lost": ledger.lost,
        "never_counted": ledger.never_counted,
        "unnamed": ledger.unnamed,
        "check": asdict(check) if check else None,
    }
    del document["lines"]
    return Answer(document, "\n".join([_as_text(ledger), *_told(check)]), yes=ledger.adds_up)


def _settled(day: date, patience: float) -> Ledger:
    """The ledger as soon as it adds up and nothing waits, or as it stands when the time is over. Names are
    compared up to this moment, each time.
    """
    from shared.edge.wiring import ports
    from shared.use_cases.report.compare_names import CompareNames
    from shared.use_cases.report.read_ledger import ReadLedger

    at = ports()
    read = ReadLedger(at.store, at.witness, at.settings)
    names = CompareNames(at.store, at.journal, at.settings, at.clock)
    until = time.monotonic() + patience
    ledger = read(day, names.open())
    while (ledger.waiting or not ledger.adds_up) and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
        ledger = read(day, names.open())
    return ledger


def _check(day: date) -> Checked | None:
    from shared.edge.wiring import ports
    from shared.use_cases.report.see_check import SeeCheck

    return SeeCheck(ports().store).of_day(day)


def _told(check: Checked | None) -> list[str]:
    if check is None:
        return []
    state = "done" if check.finished else f"{check.left} of {check.parts} parts are left"
    found = f"{check.facts} facts looked at, {check.announced} announced again"
    return [f"Check of the night of {check.run}: {found}; {state}."]


def _as_text(ledger: Ledger) -> str:
    if not ledger.lines:
        return f"{ledger.day}: nothing came in."
    marks = [
        f"  {mark.channel} {mark.outcome}: {mark.reason or 'the same event again'}" for mark in ledger.marks
    ]
    apart = [NEVER_COUNTED.format(n=ledger.never_counted)] if ledger.never_counted else []
    apart += [UNNAMED.format(n=ledger.unnamed)] if ledger.unnamed else []
    verdict = (
        "It adds up."
        if ledger.adds_up
        else f"It does NOT add up: {ledger.lost} lost. See `patchbay doctor` and `patchbay logs`."
    )
    return "\n".join([f"{ledger.day}", table(HEADS, map(_row, ledger.lines)), *marks, *apart, verdict])


def _row(line: Line) -> tuple[object, ...]:
    counts = (line.accepted, line.never_counted, line.handled, line.ignored, line.rejected, line.duplicates)
    return (line.channel, *counts, line.delivery_states, line.waiting, line.difference)
