"""Where the stepper stands: its services, its clock, its ports. In memory here; on AWS in aws_ground."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from infra.local.stepper.bus import ModelBus
from infra.local.stepper.plan import Plan, read
from infra.local.stepper.queues import ACCOUNT, ModelSqs
from infra.local.stepper.stream import Record, record
from infra.local.stepper.values import PSEUDO, Values
from infra.twins.world import World
from shared.adapters.bus import Bus
from shared.adapters.postpone import SqsPostpone
from shared.adapters.queues import Queue, SqsInbox, SqsOutbox
from shared.domain.ids import digest
from shared.edge.settings import Environment

# Settings of a centre that a test can speak to; everything else has the template's defaults.
PARAMETERS = {
    "Target": "local",
    "LocalEndpoint": "http://aws.model",
    "PublicUrl": "https://hooks.example.test",
    "AllowedOrigins": "https://shop.example.test,https://desk.example.test",
    "SmsApiUrl": "https://sms.example.test",
    "EmailEnabled": "true",
    "MailDomain": "mail.example.test",
    "MailAddress": "help@mail.example.test",
}


class Ground(Protocol):
    """`sqs` is spoken to as to botocore's client; `ports` are given to every function by name."""

    plan: Plan
    sqs: Any

    @property
    def ports(self) -> Mapping[str, Any]: ...

    def now(self) -> datetime: ...

    def to(self, moment: datetime) -> None:
        """Move the clock; time never runs back."""

    def url(self, queue: str) -> str: ...

    def arn(self, queue: str) -> str:
        """Of a queue, or of the table's stream for ""."""

    def receivable(self, queue: str) -> int:
        """About how many messages could be received now."""

    def next_moment(self) -> datetime | None:
        """When the next message that is delayed or out can be received; None when there is none."""

    def changes(self) -> Sequence[Record]:
        """The stream's records since the last time."""

    def variables(self, function: str) -> Mapping[str, str]: ...

    def socket(self, api: str, connection: str, is_open: bool) -> None:
        """The gateway opened or closed a connection."""


class MemoryGround:
    """Twins for what a function reads and writes; models of SQS, bus and stream behind the real adapters.

    So bodies, groups and ids of messages are those the adapters make.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        values = Values(PARAMETERS, self._ref, self._attribute)
        self.plan = read(values)
        self.sqs = ModelSqs(self.plan.queues, world.clock)
        self.bus = ModelBus(self.plan.rules, self.sqs)
        self._variables = {name: values(told) for name, told in self.plan.variables.items()}
        self._read = 0
        self._ports = world.twins() | self._services()

    @property
    def ports(self) -> Mapping[str, Any]:
        return self._ports

    def now(self) -> datetime:
        return self.world.clock()

    def to(self, moment: datetime) -> None:
        self.world.clock.to(moment)

    def url(self, queue: str) -> str:
        return self.sqs.url(queue)

    def arn(self, queue: str) -> str:
        if not queue:
            return self._attribute("Table", "StreamArn")
        name = self.url(queue).rsplit("/", 1)[1]
        return f"arn:aws:sqs:{PSEUDO['AWS::Region']}:{ACCOUNT}:{name}"

    def receivable(self, queue: str) -> int:
        return self.sqs.receivable(self.url(queue))

    def next_moment(self) -> datetime | None:
        return self.sqs.next_moment()

    def changes(self) -> Sequence[Record]:
        found, start = self.world.store.changes[self._read :], self._read
        self._read += len(found)
        return [record(start + i + 1, written, self.now()) for i, written in enumerate(found)]

    def variables(self, function: str) -> Mapping[str, str]:
        told: Mapping[str, str] = self._variables[function]
        return told

    def socket(self, api: str, connection: str, is_open: bool) -> None:
        sockets = self.world.desk_sockets if api == "DeskSocketApi" else self.world.chat_sockets
        (sockets.open if is_open else sockets.close)(connection)

    def _services(self) -> dict[str, Any]:
        """The real adapters over the models: queues by name, as the template's variables name them."""
        named = {"routing": "Routing", "timers": "Timers", "media": "Media", "unannounced": "Unannounced"}
        queues = {name: self._queue(queue) for name, queue in named.items()}
        bus = Bus(lambda: self.bus, lambda: "patchbay")
        return {
            "inbox": SqsInbox(self._queue("Inbound"), self._queue("Delivery"), lambda: self.world.files),
            "outbox": SqsOutbox(queues, self._sender, bus, lambda: self.world.store, self.world.ids),
            "postpone": SqsPostpone(lambda: self.sqs),
            "witness": ModelWitness(self),
        }

    def _queue(self, name: str) -> Queue:
        return Queue(lambda: self.sqs, lambda: self.sqs.url(name))

    def _sender(self, channel: str) -> Queue:
        told = self.variables("EventPublisher")
        return Queue(lambda: self.sqs, lambda: Environment(told).outbound_queue_url(channel))

    def _ref(self, name: str) -> str:
        return self.sqs.url(name) if name in self.plan.queues else name

    def _attribute(self, name: str, attribute: str) -> str:
        if attribute == "Arn" and name in self.plan.queues:
            return self.arn(name)
        return f"arn:aws:model:{PSEUDO['AWS::Region']}:{ACCOUNT}:{name}/{attribute}"


class ModelWitness:
    """The doors' count is the meter's; what waits lies in the model's queues."""

    def __init__(self, ground: MemoryGround) -> None:
        self._ground = ground

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Everything ever counted: the meter knows no time."""
        return self._ground.world.meter.totals("Accepted", "channel")

    def waiting(self) -> int:
        doors = ("Inbound", "InboundDead", "Delivery", "DeliveryDead")
        return sum(len(self._ground.sqs.queues[name].messages) for name in doors)


def next_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)


def request_id(number: int) -> str:
    return digest("request", str(number))[:32]
