"""What a cold start costs, as it is and with SnapStart: the figures behind a decision in the README."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.cost import prices
from infra.cost.centre import memory_of
from infra.local.template import resources

# Seconds of INIT of a door, everything built in it: rather more than docs/measured.md shows.
INIT = 1.0
# Who carries a request of a person or a provider to a function, and the events of SAM that do.
CARRIERS = (
    "AWS::ApiGateway",
    "AWS::Serverless::Api",
    "AWS::Serverless::HttpApi",
    "AWS::Cognito::",
    "AWS::ElasticLoadBalancing",
    "AWS::Lambda::Url",
)
EVENTS = ("Api", "HttpApi")


@dataclass(frozen=True, slots=True)
class Starts:
    """USD: a cold start of all doors together, and what their snapshots cost a month and a cold start."""

    doors: int
    init: float
    kept: float
    restored: float


def waited_for() -> tuple[str, ...]:
    """The functions for whose answer a person or a provider waits: by who invokes them."""
    functions = resources("AWS::Serverless::Function")
    carried = {
        name
        for one in resources().values()
        if one["Type"].startswith(CARRIERS)
        for name in _named(one["Properties"])
    }
    return tuple(name for name, one in functions.items() if name in carried or _asked(one["Properties"]))


def starts() -> Starts:
    doors = waited_for()
    gigabytes = sum(memory_of(name) for name in doors) / 1024
    return Starts(
        len(doors),
        INIT * gigabytes * prices.PRICES["lambda_gb_seconds"],
        gigabytes * prices.SNAPSHOT,
        gigabytes * prices.RESTORE,
    )


def told() -> str:
    now = starts()
    return (
        f"A cold start of each of the {now.doors} doors: ${now.init:.6f} for a second of INIT. With "
        f"SnapStart: ${now.restored:.6f}, and ${now.kept:.2f} a month for the snapshots, "
        "whether anybody writes or not."
    )


def _asked(function: Mapping[str, Any]) -> bool:
    events = function.get("Events", {}).values()
    return "FunctionUrlConfig" in function or any(event["Type"] in EVENTS for event in events)


def _named(value: Any) -> Iterator[str]:
    """Every resource a value names by Ref, GetAtt or Sub."""
    if isinstance(value, str):
        yield from (part.partition("}")[0].partition(".")[0] for part in value.split("${")[1:])
    elif isinstance(value, list):
        yield from (name for part in value for name in _named(part))
    elif isinstance(value, Mapping):
        yield from _referred(value)


def _referred(value: Mapping[str, Any]) -> Iterator[str]:
    for key, part in value.items():
        if key == "Ref":
            yield str(part)
        elif key == "Fn::GetAtt":
            yield str(part[0])
        else:
            yield from _named(part)
