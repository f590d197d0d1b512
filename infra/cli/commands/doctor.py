"""Say what is missing or misconfigured, in sentences: on this machine, and in the centre that runs."""

from argparse import ArgumentParser, Namespace

from infra.cli import examine
from infra.cli.answer import Answer, NothingRuns
from infra.cli.place import add_place, find_place


def arguments(parser: ArgumentParser) -> None:
    add_place(parser)


def run(given: Namespace) -> Answer:
    findings = [] if given.stack else list(examine.machine())
    try:
        place = find_place(given)
    except NothingRuns as nothing:
        notes = [*examine.port_taken(), str(nothing)]
    else:
        findings += examine.centre(place)
        notes = [f"{place.stack} runs at {place.address}."]
    said = [*findings, *notes, "Something needs your attention." if findings else "Nothing is wrong."]
    return Answer({"findings": findings, "notes": notes}, "\n".join(said), yes=not findings)
