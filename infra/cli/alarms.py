"""The alarms of a stack: how many watch, which ring, and where the runbook speaks of them."""

import re
from collections.abc import Iterator
from typing import Any

from infra.cli.functions import resources
from infra.cli.line import Line
from infra.cli.place import Place

PAGE = re.compile(r"docs/runbook\.md(#[\w-]+)")
AT_ONCE = 100  # names of one request


def of_stack(place: Place) -> Iterator[Line]:
    alarms = dict(by_name(place))
    ringing = {name: one for name, one in alarms.items() if one["StateValue"] == "ALARM"}
    blind = {name: one for name, one in alarms.items() if one["StateValue"] == "INSUFFICIENT_DATA"}
    yield Line(f"alarms: {len(alarms)}, of which {len(ringing)} ring and {len(blind)} have no data yet")
    for name, one in ringing.items():
        yield Line(f"The alarm {name} rings: see docs/runbook.md{_anchor(one)}.", wrong=True)
    if blind:
        told = ", ".join(f"{name} ({_anchor(one)})" for name, one in blind.items())
        yield Line(f"no data yet, of which a new alarm has some within minutes: {told}")


def by_name(place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    """By the template's names, those of the channels' stacks included."""
    names = {physical: name for name, physical in resources(place, "AWS::CloudWatch::Alarm") if physical}
    wanted = sorted(names)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        found = place.client("cloudwatch").describe_alarms(AlarmNames=some, MaxRecords=AT_ONCE)
        for one in found["MetricAlarms"]:
            yield names[one["AlarmName"]], one


def _anchor(alarm: dict[str, Any]) -> str:
    """Where the runbook speaks of it; "" for an alarm that names no place."""
    found = PAGE.search(alarm.get("AlarmDescription", ""))
    return found[1] if found else ""
