"""What the template says about capacity: memory, batches, hands, throttles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.template import resources, template

MAPPING = "AWS::Lambda::EventSourceMapping"


@dataclass(frozen=True, slots=True)
class Source:
    """A function behind a queue or the stream: its batch, and how many work at once (on each shard)."""

    function: str
    batch: int
    hands: int


def source(name: str) -> Source:
    told = resources(MAPPING)[name]["Properties"]
    hands = told.get("ScalingConfig", {}).get("MaximumConcurrency") or told.get("ParallelizationFactor", 1)
    return Source(told["FunctionName"]["Ref"], int(told["BatchSize"]), int(hands))


def memory(function: str) -> int:
    return int(_function(function)["MemorySize"])


def timeout(function: str) -> int:
    return int(_function(function)["Timeout"])


def throttle(stage: str) -> int:
    return int(resources()[stage]["Properties"]["DefaultRouteSettings"]["ThrottlingRateLimit"])


def staff_throttle() -> int:
    return int(resources()["StaffApi"]["Properties"]["MethodSettings"][0]["ThrottlingRateLimit"])


def parameter(name: str) -> int:
    return int(template()["Parameters"][name]["Default"])


def _function(name: str) -> Mapping[str, Any]:
    usual: dict[str, Any] = template()["Globals"]["Function"]
    own: Mapping[str, Any] = resources()[name]["Properties"]
    return {**usual, **own}
