"""The functions of a stack: what they are called in the template and on AWS, and where they log."""

from collections.abc import Iterator
from dataclasses import dataclass

from infra.cli.place import Place
from infra.cli.stacks import listed


@dataclass(frozen=True, slots=True)
class Function:
    """`name` is the template's, `physical` is AWS's."""

    name: str
    physical: str


def functions(place: Place) -> list[Function]:
    return [Function(name, physical) for name, physical in resources(place, "AWS::Lambda::Function")]


def resources(place: Place, type: str) -> Iterator[tuple[str, str]]:
    """Logical and physical names of the resources of one type, those of the channels' own stacks included."""
    for one in listed(place.client("cloudformation"), place.stack):
        if one.type == type:
            yield one.name, one.physical


def log_group(place: Place, function: Function) -> str:
    found = place.client("lambda").get_function_configuration(FunctionName=function.physical)
    return str(found.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{function.physical}")
