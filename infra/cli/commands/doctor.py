"""Say what is missing or misconfigured, in sentences: on this machine, and in the centre that runs.

With --stack also a report to paste into an issue: versions, limits, alarms, what the roles may, and
one message sent through. It holds no secret, no address and no words of anybody; nobody's desk rings.
"""

from argparse import ArgumentParser, Namespace

from infra.cli import checkup, examine
from infra.cli.answer import Answer, NothingRuns
from infra.cli.place import add_place, deployed, local


def arguments(parser: ArgumentParser) -> None:
    add_place(parser)


def run(given: Namespace) -> Answer:
    findings, notes = _of_a_stack(given.stack) if given.stack else _of_this_machine()
    said = [*findings, *notes, "Something needs your attention." if findings else "Nothing is wrong."]
    return Answer({"findings": findings, "notes": notes}, "\n".join(said), yes=not findings)


def _of_a_stack(stack: str) -> tuple[list[str], list[str]]:
    lines = checkup.report(deployed(stack))
    return [one.text for one in lines if one.wrong], [one.text for one in lines if not one.wrong]


def _of_this_machine() -> tuple[list[str], list[str]]:
    """That nothing runs is no illness: a person asks before they start it."""
    findings = list(examine.machine())
    try:
        place = local()
    except NothingRuns as nothing:
        return [*findings, *examine.port_taken()], [str(nothing)]
    return [*findings, *examine.centre(place)], [f"{place.stack} runs at {place.address}."]
