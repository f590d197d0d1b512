"""All that is wrong with settings, whoever wrote them: the same for a file and for a screen."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.domain.flow.check import faults
from shared.domain.hours import Hours, wrong_line
from shared.domain.public_holidays import known
from shared.domain.settings.classes import too_many, unserved
from shared.domain.settings.document import Document
from shared.domain.settings.names import names
from shared.domain.settings.numbers import numbers
from shared.domain.settings.of_desk import of_desk
from shared.domain.settings.problem import Path, Problem, problem
from shared.domain.settings.references import references
from shared.domain.settings.weight import too_heavy
from shared.domain.settings.widening import widening
from shared.domain.traits import Channels


def problems(told: Document, channels: Channels) -> tuple[Problem, ...]:
    """Part by part. Which classes there are is asked only where all names are right."""
    names_of_channels = [one.name for one in channels.all]
    found = [*names(told), *numbers(told), *references(told, names_of_channels), *widening(told)]
    found += [*hours(told), *flows(told, channels), *of_desk(told, names_of_channels), *too_heavy(told)]
    if not found:
        found += too_many(told, names_of_channels)
    if not found:
        found += unserved(told, names_of_channels)
    return tuple(found)


def hours(told: Document) -> Iterator[Problem]:
    if not zone_known(told.centre.zone):
        yield problem(("zone",), "no_zone", name=told.centre.zone)
    yield from _of_hours(("hours",), told.centre.hours)
    for place, queue in enumerate(told.centre.queues):
        if queue.hours:
            yield from _of_hours(("queues", str(place), "hours"), queue.hours)


def _of_hours(path: Path, hours: Hours) -> Iterator[Problem]:
    if line := wrong_line(hours):
        yield problem(path, "hours_line", line=line)
    if hours.zone and not zone_known(hours.zone):
        yield problem(path, "no_zone", name=hours.zone)
    if hours.holidays and not known(hours.holidays):
        yield problem(path, "no_holidays", name=hours.holidays)


def zone_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def flows(told: Document, channels: Channels) -> Iterator[Problem]:
    """A flow may hand over to a queue, and the centre begins with one: both have to be there."""
    centre, found = told.centre, {flow.name: flow for flow in told.flows}
    queues = [queue.name for queue in centre.queues]
    if centre.flow and centre.flow not in found:
        yield problem(("flow",), "no_flow", name=centre.flow, known=", ".join(found) or "–")
    for flow in told.flows:
        for fault in faults(flow, centre.languages, channels.all, queues):
            yield problem(
                ("flows", flow.name, "steps", fault.step), "flow", name=flow.name, said=fault.sentence
            )
