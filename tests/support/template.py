"""The template as the tests see it: its stacks in place, and helpers to ask it."""

import re
from collections.abc import Iterator
from typing import Any

from infra.opinions.centre import every_door

Resource = dict[str, Any]


CENTRE = every_door()


def template() -> dict[str, Any]:
    return CENTRE


def resources(*types: str) -> dict[str, Resource]:
    found = CENTRE["Resources"]
    return {name: one for name, one in found.items() if not types or one["Type"] in types}


FUNCTIONS = resources("AWS::Serverless::Function")


QUEUES = resources("AWS::SQS::Queue")


SOURCES = resources("AWS::Lambda::EventSourceMapping")


PARKING = {"Unannounced"}  # watched by an alarm, consumed by nobody


def events(function: Resource) -> list[dict[str, Any]]:
    return list(function["Properties"].get("Events", {}).values())


APIS = {name: one for name, one in FUNCTIONS.items() if any(e["Type"] == "Api" for e in events(one))}


def properties(name: str) -> dict[str, Any]:
    return dict(template()["Resources"][name]["Properties"])


def statements(function: Resource) -> list[dict[str, Any]]:
    return [one for policy in function["Properties"].get("Policies", ()) for one in policy["Statement"]]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def actions(statement: dict[str, Any]) -> list[str]:
    return as_list(statement["Action"])


def named(value: Any) -> Iterator[str]:
    """Logical names of the resources a value refers to, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            elif key == "Fn::Sub" and isinstance(inner, str):
                yield from (found.partition(".")[0] for found in re.findall(r"\$\{([\w.]+)\}", inner))
            else:
                yield from named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner)


def granted(function: Resource, *wanted: str) -> set[str]:
    """Resources on which a function may do one of the wanted actions."""
    found = [one for one in statements(function) if set(actions(one)) & set(wanted)]
    return {name for one in found for name in named(one["Resource"])}


def block_of(channel: str) -> str:
    return "".join(word.capitalize() for word in channel.split("_"))


def variables(function: Resource) -> dict[str, Any]:
    return dict(function["Properties"].get("Environment", {}).get("Variables", {}))
