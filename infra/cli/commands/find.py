"""Write what customers and texts are found by: find --rebuild, once for what was there before the search.

It reads the whole table once, like the nightly check, and may be run again at any time: what is right stays.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from infra.cli.answer import Answer
from infra.cli.place import add_place, find_place
from shared.domain.timeline.entry import Entry


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
    keep, seen = KeepFound(at.store, channels.now), set[str]()

    def kept() -> Iterator[Entry]:
        for entry in all_entries(at.census, at.clock()):
            if entry.timeline not in seen:
                seen.add(entry.timeline)
                keep.anew(entry.timeline)
            yield entry

    lines = RebuildTexts(at.store, at.finder, at.settings, at.clock, new_key)(kept())
    said = f"{len(seen)} timelines and {lines} lines were read; they are found as the table has them."
    return Answer({"timelines": len(seen), "lines": lines}, said)
