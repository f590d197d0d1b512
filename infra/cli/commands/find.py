"""Write what customers and texts are found by: find --rebuild, once for what was there before the search.

It reads the whole table once, like the nightly check, and may be run again at any time: what is right stays.
"""

from argparse import ArgumentParser, Namespace

from infra.cli.answer import Answer
from infra.cli.place import add_place, find_place


def arguments(parser: ArgumentParser) -> None:
    told = "look at every customer and every line"
    parser.add_argument("--rebuild", action="store_true", required=True, help=told)
    add_place(parser)


def run(given: Namespace) -> Answer:
    from functions import channels
    from shared.edge.wiring import new_key, ports
    from shared.use_cases.desk.keep_found import KeepFound
    from shared.use_cases.desk.rebuild_texts import RebuildTexts, all_entries

    find_place(given)
    at = ports()
    keep = KeepFound(at.store, channels.now)
    seen = {entry.timeline for entry in all_entries(at.census, at.clock())}
    for timeline in sorted(seen):
        keep.anew(timeline)
    lines = RebuildTexts(at.store, at.finder, at.census, at.settings, at.clock, new_key)()
    said = f"{len(seen)} timelines and {lines} lines were read; they are found as the table has them."
    return Answer({"timelines": len(seen), "lines": lines}, said)
