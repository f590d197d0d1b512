"""The functions of a stack: what they are called in the template and on AWS, and where they log."""

from collections.abc import Iterator
from dataclasses import dataclass

from infra.cli.place import Place


@dataclass(frozen=True, slots=True)
class Function:
    """`name` is the template's, `physical` is AWS's."""

    name: str
    physical: str


def functions(place: Place) -> list[Function]:
    return [Function(name, physical) for name, physical in resources(place, "AWS::Lambda::Function")]


def resources(place: Place, type: str) -> Iterator[tuple[str, str]]:
    """Logical and physical names of the stack's resources of one type."""
    pages = place.client("cloudformation").get_paginator("list_stack_resources")
    for page in pages.paginate(StackName=place.stack):
        for one in page["StackResourceSummaries"]:
            if one["ResourceType"] == type:
                yield one["LogicalResourceId"], one["PhysicalResourceId"]


def log_group(place: Place, function: Function) -> str:
    found = place.client("lambda").get_function_configuration(FunctionName=function.physical)
    return str(found.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{function.physical}")
