"""Who consumes what, as the template says: queues, streams, rules, schedules, doors."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.stepper.values import Values
from infra.local.template import resources, template

FUNCTION = "AWS::Serverless::Function"


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """`dead` is the queue (by logical name) for what was received `receives` times, "" for none.

    `called` is its name at AWS.
    """

    name: str
    fifo: bool
    visibility: int
    dead: str = ""
    receives: int = 0
    scope: str = "queue"
    called: str = ""

    @property
    def on_aws(self) -> str:
        return self.called or self.name + (".fifo" if self.fifo else "")


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """An event source mapping. `of` is the queue it reads, or "" for the table's stream.

    `attempts` bounds how often a stream batch is tried (-1: until it is too old); `hands` work at once on
    each shard of the stream.
    """

    name: str
    function: str
    of: str
    batch: int
    patterns: tuple[Mapping[str, Any], ...] = ()
    attempts: int = -1
    hands: int = 1


@dataclass(frozen=True, slots=True)
class RulePlan:
    name: str
    pattern: Mapping[str, Any]
    queue: str


@dataclass(frozen=True, slots=True)
class SchedulePlan:
    """`name` is SAM's own, made of function and event; `zone` is the one a cron expression is in."""

    name: str
    function: str
    expression: str
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Plan:
    """`doors` maps (method, path) of the HTTP API, `staff` of the REST API, `sockets` an API's name to
    the function behind it; `handlers` and `variables` belong to functions by logical name.
    """

    queues: Mapping[str, QueuePlan]
    sources: Mapping[str, SourcePlan]
    rules: Mapping[str, RulePlan]
    schedules: Mapping[str, SchedulePlan]
    doors: Mapping[tuple[str, str], str]
    staff: Mapping[tuple[str, str], str]
    sockets: Mapping[str, str]
    handlers: Mapping[str, str]
    variables: Mapping[str, Mapping[str, Any]]


def read(values: Values) -> Plan:
    """The whole plan; resources whose condition does not hold are not in it."""
    there = {name: one for name, one in resources().items() if values.holds(one.get("Condition"))}
    functions = {name: one["Properties"] for name, one in there.items() if one["Type"] == FUNCTION}
    return Plan(
        queues={plan.name: plan for plan in _queues(there, values)},
        sources={plan.name: plan for plan in _sources(there)},
        rules={plan.name: plan for plan in _rules(there, values)},
        schedules={plan.name: plan for plan in _schedules(functions, values)},
        doors=dict(_doors(there)),
        staff=dict(_staff(functions)),
        sockets=dict(_sockets(there)),
        handlers={name: told["Handler"] for name, told in functions.items()},
        variables={name: _variables(told) for name, told in functions.items()},
    )


def _of(there: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, one["Properties"]) for name, one in there.items() if one["Type"] == kind)


def _queues(there: Mapping[str, Any], values: Values) -> Iterator[QueuePlan]:
    for name, told in _of(there, "AWS::SQS::Queue"):
        redrive = told.get("RedrivePolicy", {})
        yield QueuePlan(
            name,
            bool(told.get("FifoQueue")),
            int(told.get("VisibilityTimeout", 30)),
            _target(redrive.get("deadLetterTargetArn")),
            int(redrive.get("maxReceiveCount", 0)),
            told.get("DeduplicationScope", "queue"),
            str(values(told.get("QueueName", ""))),
        )


def _sources(there: Mapping[str, Any]) -> Iterator[SourcePlan]:
    for name, told in _of(there, "AWS::Lambda::EventSourceMapping"):
        resource, attribute = told["EventSourceArn"]["Fn::GetAtt"]
        filters = told.get("FilterCriteria", {}).get("Filters", ())
        yield SourcePlan(
            name,
            _target(told["FunctionName"]),
            "" if attribute == "StreamArn" else resource,
            int(told["BatchSize"]),
            tuple(json.loads(each["Pattern"]) for each in filters),
            int(told.get("MaximumRetryAttempts", -1)),
            int(told.get("ParallelizationFactor", 1)),
        )


def _rules(there: Mapping[str, Any], values: Values) -> Iterator[RulePlan]:
    for name, told in _of(there, "AWS::Events::Rule"):
        for target in told["Targets"]:
            yield RulePlan(name, values(told["EventPattern"]), _target(target["Arn"]))


def _schedules(functions: Mapping[str, Any], values: Values) -> Iterator[SchedulePlan]:
    for function, told in functions.items():
        for name, event in told.get("Events", {}).items():
            if event["Type"] == "ScheduleV2":
                own = event["Properties"]
                zone = str(values(own.get("ScheduleExpressionTimezone", "UTC")))
                yield SchedulePlan(f"{function}{name}", function, own["ScheduleExpression"], zone)


def _staff(functions: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for function, told in functions.items():
        for event in told.get("Events", {}).values():
            if event["Type"] == "Api":
                yield (event["Properties"]["Method"].upper(), event["Properties"]["Path"]), function


def _doors(there: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for _, told in _of(there, "AWS::ApiGatewayV2::Route"):
        method, _, path = told["RouteKey"].partition(" ")
        if path:
            yield (method, path), _behind(there, told)


def _sockets(there: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for _, told in _of(there, "AWS::ApiGatewayV2::Route"):
        if told["RouteKey"] == "$connect":
            yield _target(told["ApiId"]), _behind(there, told)


def _behind(there: Mapping[str, Any], route: Mapping[str, Any]) -> str:
    """The function a route leads to, through its integration."""
    integration = _target(route["Target"])
    return _target(there[integration]["Properties"]["IntegrationUri"])


def _target(told: Any) -> str:
    """The resource a Ref, GetAtt or Sub names; of a Sub the one behind functions/ or integrations/."""
    if not told:
        return ""
    if "Ref" in told:
        return str(told["Ref"])
    if "Fn::GetAtt" in told:
        return str(told["Fn::GetAtt"][0])
    found = re.search(r"(?:functions|integrations)/\$\{(\w+)", told["Fn::Sub"])
    if found is None:
        raise ValueError(f"no resource is named in {told}")
    return found[1]


def _variables(told: Mapping[str, Any]) -> Mapping[str, Any]:
    shared = template()["Globals"]["Function"]["Environment"]["Variables"]
    return {**shared, **told.get("Environment", {}).get("Variables", {})}
