"""The same few services on three grounds: moto, the embedded AWS, and the stepper's own model."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

from infra.local.stepper.bus import ModelBus
from infra.local.stepper.plan import QueuePlan, RulePlan
from infra.local.stepper.queues import ModelSqs
from infra.twins.clock import FakeClock
from tests.support.patience import PATIENCE, soon

_rooms = count(1)
OUT_FOR = 600  # seconds: what was received does not come again because the machine is busy


@dataclass
class Room:
    """`client` makes a service's client; names are this room's own, so rooms may share a ground."""

    client: Callable[[str], Any]
    ground: str
    number: int = field(default_factory=lambda: next(_rooms))

    @property
    def sqs(self) -> Any:
        return self.client("sqs")

    @property
    def events(self) -> Any:
        return self.client("events")

    def queue(self, name: str, fifo: bool = False, dead: str = "", receives: int = 0) -> str:
        """A queue's address; `dead` (an address) takes what was received `receives` times."""
        attributes = {"VisibilityTimeout": str(OUT_FOR)}
        if fifo:
            attributes |= {"FifoQueue": "true", "DeduplicationScope": "messageGroup",
                           "FifoThroughputLimit": "perMessageGroupId"}  # fmt: skip
        if dead:
            policy = f'{{"deadLetterTargetArn": "{self.arn(dead)}", "maxReceiveCount": {receives}}}'
            attributes["RedrivePolicy"] = policy
        named = f"{name}-{self.number}" + (".fifo" if fifo else "")
        return str(self.sqs.create_queue(QueueName=named, Attributes=attributes)["QueueUrl"])

    def arn(self, url: str) -> str:
        told = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return str(told["Attributes"]["QueueArn"])

    def rule(self, pattern: str, url: str, name: str = "rule") -> str:
        """A bus whose events go through a rule into a queue; the bus's name."""
        bus = f"bus-{self.number}"
        with suppress(self.events.exceptions.ResourceAlreadyExistsException):
            self.events.create_event_bus(Name=bus)
        self.events.put_rule(Name=name, EventBusName=bus, EventPattern=pattern)
        self.events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "q", "Arn": self.arn(url)}])
        return bus

    def table(self) -> str:
        """A table with keys pk and sk, and a stream of both images."""
        name = f"table-{self.number}"
        table = self.client("dynamodb")
        try:
            table.describe_table(TableName=name)
        except ClientError:
            table.create_table(TableName=name, **TABLE)
        return name

    def records(self) -> list[Mapping[str, Any]]:
        """The stream's records from its beginning."""
        streams = self.client("dynamodbstreams")
        arn = self.client("dynamodb").describe_table(TableName=self.table())["Table"]["LatestStreamArn"]
        found: list[Mapping[str, Any]] = []
        for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )
            found += streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
        return found

    def soon(self, look: Callable[[], Any]) -> Any:
        """What a look finds, as soon as it finds something."""
        return soon(look)


TABLE: dict[str, Any] = {
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
}


class ModelRoom(Room):
    """The stepper's model; it has no table: the twin of the store stands for it."""

    def __init__(self) -> None:
        super().__init__(self._made, "stepper")
        self.clock = FakeClock()
        self._plans: dict[str, QueuePlan] = {}
        self._rules: dict[str, RulePlan] = {}
        self._sqs = ModelSqs({}, self.clock)
        self._bus = ModelBus(self._rules, self._sqs)

    def _made(self, service: str) -> Any:
        return {"sqs": self._sqs, "events": self._bus}[service]

    def queue(self, name: str, fifo: bool = False, dead: str = "", receives: int = 0) -> str:
        below = dead.rsplit("/", 1)[-1].removesuffix(".fifo")
        self._sqs.add(QueuePlan(name, fifo, OUT_FOR, below, receives, "messageGroup"))
        return self._sqs.url(name)

    def rule(self, pattern: str, url: str, name: str = "rule") -> str:
        target = url.rsplit("/", 1)[-1].removesuffix(".fifo")
        self._rules[name] = RulePlan(name, json.loads(pattern), target)
        return "bus"

    def soon(self, look: Callable[[], Any]) -> Any:
        """Its clock stands still while nobody moves it."""
        for _ in range(int(PATIENCE)):
            if found := look():
                return found
            self.clock.advance(1)
        raise AssertionError("it never happened")
