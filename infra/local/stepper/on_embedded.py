"""A ground on the embedded AWS: the real template deployed through CloudFormation, its functions run by us.

Event source mappings are switched off and schedules taken away, or two hands would take the same message.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.request import Request, urlopen

from infra.local.deploy import STACK, deploy
from infra.local.emulator import PATIENCE
from infra.local.stepper.aws_ground import AwsGround, Client
from infra.local.stepper.ground import PARAMETERS
from infra.local.stepper.in_process import InProcess, our_time
from infra.local.stepper.plan import Plan, read
from infra.local.stepper.values import Values
from infra.twins.world import World
from shared.adapters import clients


@contextmanager
def embedded_ground(emulator: InProcess, world: World) -> Iterator[AwsGround]:
    """On a started emulator. The table and the queues are emptied by making the stack anew."""
    kept = os.environ.get("AWS_ENDPOINT_URL")
    os.environ["AWS_ENDPOINT_URL"] = emulator.endpoint
    clients.reset()
    try:
        with our_time(world.clock):
            yield _ground(emulator, world)
    finally:
        clients.reset()
        if kept is None:
            del os.environ["AWS_ENDPOINT_URL"]
        else:
            os.environ["AWS_ENDPOINT_URL"] = kept


def _ground(emulator: InProcess, world: World) -> AwsGround:
    parameters = {**PARAMETERS, "LocalEndpoint": emulator.endpoint}
    _undeploy(emulator)
    outputs, client = deploy(emulator, parameters), cache(emulator.client)
    physical = _physical(client)
    plan = read(Values(parameters, str, lambda name, attribute: name))
    switch_off(client, plan, physical)
    urls = {name: physical[name] for name in plan.queues}
    told = {name: _variables(client, physical[name]) for name in plan.handlers}
    return AwsGround(plan, client, outputs["TableName"], urls, told, world)


def switch_off(client: Client, plan: Plan, physical: Mapping[str, str]) -> None:
    functions, scheduler = client("lambda"), client("scheduler")
    for name in plan.sources:
        functions.update_event_source_mapping(UUID=physical[name], Enabled=False)
    for schedule in scheduler.list_schedules()["Schedules"]:
        scheduler.delete_schedule(Name=schedule["Name"], GroupName=schedule["GroupName"])


def _undeploy(emulator: InProcess) -> None:
    """Whatever an earlier ground left, what the template retains included."""
    with urlopen(Request(f"{emulator.endpoint}/_ministack/reset", method="POST"), timeout=PATIENCE) as answer:
        answer.read()


def _physical(client: Client) -> dict[str, str]:
    found = client("cloudformation").describe_stack_resources(StackName=STACK)["StackResources"]
    return {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in found}


def _variables(client: Client, function: str) -> dict[str, Any]:
    told = client("lambda").get_function_configuration(FunctionName=function)
    return dict(told["Environment"]["Variables"])
