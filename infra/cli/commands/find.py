"""Write the rows customers are found by: find --rebuild, once for those from before there was a search.

It reads the whole table once, like the nightly check, and may be run again at any time: what is right stays.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime

from infra.cli.answer import Answer
from infra.cli.place import add_place, find_place

PARTS = 4
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", required=True, help="look at every customer")
    add_place(parser)


def run(given: Namespace) -> Answer:
    from functions import channels
    from shared.edge.wiring import ports
    from shared.use_cases.desk.keep_found import KeepFound

    find_place(given)
    keep, seen = KeepFound(ports().store, channels.now), set[str]()
    for timeline in _timelines():
        if timeline not in seen:
            seen.add(timeline)
            keep.anew(timeline)
    said = f"{len(seen)} timelines were looked at; their customers are found as the table has them."
    return Answer({"timelines": len(seen)}, said)


def _timelines() -> Iterator[str]:
    """Whose entries lie in the table, page by page; somebody comes more than once."""
    from shared.edge.wiring import ports

    for part in range(PARTS):
        after, more = "", True
        while more:
            page = ports().census.page(EVER, ports().clock(), part, PARTS, after)
            yield from (entry.timeline for entry in page.entries)
            after, more = page.after, bool(page.after)
