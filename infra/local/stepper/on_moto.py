"""A ground on moto: what the template names is made with plain requests, rules are the stepper's own.

moto's rules want a package that nothing else of ours needs (and know less than ours), so facts reach their
queues through the model of the bus. Everything else is moto's, under our clock.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any

import boto3
from moto import mock_aws

from infra.local.stepper.aws_ground import AwsGround, Client
from infra.local.stepper.bus import ModelBus
from infra.local.stepper.ground import PARAMETERS
from infra.local.stepper.one_request import one_request_at_a_time
from infra.local.stepper.plan import Plan, QueuePlan, read
from infra.local.stepper.values import PSEUDO, Values
from infra.local.template import resources
from infra.twins.clock import FakeClock
from infra.twins.world import World
from shared.adapters import clients

REGION = PSEUDO["AWS::Region"]
TABLE, BUCKET = "patchbay", "patchbay-files"


@contextmanager
def moto_ground(world: World) -> Iterator[AwsGround]:
    """moto stands between all clients and the network until the ground is left."""
    clients.reset()
    with mock_aws(), one_request_at_a_time(), _our_time(world.clock):
        try:
            yield _ground(world)
        finally:
            clients.reset()


@contextmanager
def _our_time(clock: FakeClock) -> Iterator[None]:
    """What SQS of moto takes for now."""
    sqs: Any = import_module("moto.sqs.models")
    kept = sqs.unix_time, sqs.unix_time_millis
    sqs.unix_time = lambda: clock().timestamp()
    sqs.unix_time_millis = lambda: clock().timestamp() * 1000
    try:
        yield
    finally:
        sqs.unix_time, sqs.unix_time_millis = kept


def _ground(world: World) -> AwsGround:
    client: Client = _client
    plan = read(Values(PARAMETERS, str, lambda name, attribute: name))
    urls = _queues(plan, client("sqs"))
    refs = {**urls, "Table": TABLE, "Files": BUCKET, "Bus": "patchbay"}
    values = Values(PARAMETERS, lambda name: refs.get(name, name), lambda name, attribute: name)
    told = {name: values(variables) for name, variables in plan.variables.items()}
    _stores(client)
    ground = AwsGround(plan, client, TABLE, urls, told, world)
    rules = ModelBus(plan.rules, _Named(client("sqs"), urls))
    clients.client("events").meta.events.register("before-call.events.PutEvents", _through(rules))
    return ground


@cache
def _client(service: str) -> Any:
    """Made once: clients outlive the mock, which stands between all of them and the network."""
    return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]  # any service, by name


def _queues(plan: Plan, sqs: Any) -> dict[str, str]:
    """Dead letters first, as the others name them."""
    urls: dict[str, str] = {}
    for queue in sorted(plan.queues.values(), key=lambda queue: bool(queue.dead)):
        urls[queue.name] = sqs.create_queue(QueueName=queue.on_aws, Attributes=_attributes(queue))["QueueUrl"]
    return urls


def _attributes(queue: QueuePlan) -> dict[str, str]:
    attributes = {"VisibilityTimeout": str(queue.visibility)}
    if queue.fifo:
        attributes["FifoQueue"] = "true"
    if queue.dead:
        suffix = ".fifo" if queue.fifo else ""
        arn = f"arn:aws:sqs:{REGION}:123456789012:{queue.dead}{suffix}"
        attributes["RedrivePolicy"] = f'{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{queue.receives}}}'
    return attributes


def _stores(client: Client) -> None:
    told = resources()["Table"]["Properties"]
    client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode=told["BillingMode"],
        AttributeDefinitions=told["AttributeDefinitions"],
        KeySchema=told["KeySchema"],
        StreamSpecification={"StreamEnabled": True, **told["StreamSpecification"]},
    )
    client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    client("events").create_event_bus(Name="patchbay")


class _Named:
    """The part of a queue model that the bus's model asks for, over a real client."""

    def __init__(self, sqs: Any, urls: Mapping[str, str]) -> None:
        self._sqs, self._urls = sqs, urls

    def url(self, name: str) -> str:
        return self._urls[name]

    def send_message(self, QueueUrl: str, MessageBody: str) -> None:
        self._sqs.send_message(QueueUrl=QueueUrl, MessageBody=MessageBody)


def _through(rules: ModelBus) -> Any:
    """Lets the rules see what goes onto the bus."""

    def see(params: Any, **_: Any) -> None:
        entries: Sequence[Any] = json.loads(params["body"])["Entries"]
        rules.put_events([{**entry, "Time": _moment(entry["Time"])} for entry in entries])

    return see


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
