"""The stepper on real requests: over moto, or over the embedded AWS with the template deployed.

The functions run here, in the stepper's process, with the real adapters; the services are asked over
botocore. So that the fake clock moves the service too, its own look at the time is led to our clock:
moto lives in this process anyway, and ministack is started in it (see in_process).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from infra.local.stepper.plan import Plan
from infra.local.stepper.stream import Record
from infra.twins.world import World
from shared.adapters import clients
from shared.adapters.store import TableStore
from shared.edge.wiring import Ports

Client = Callable[[str], Any]
OURS = ("clock", "ids", "http", "aws", "meter", "journal", "secrets", "desk_sockets", "chat_sockets")
REAL = (
    "store",
    "inbox",
    "outbox",
    "postpone",
    "witness",
    "census",
    "files",
    "notice_files",
    "settings",
    "tables",
)


class AwsGround:
    """OURS are ports of the world that stay its own (people's sockets, the provider, the doors' count);
    all others are real. `urls` belong to queues by logical name; `told` are the functions' variables.
    """

    def __init__(
        self,
        plan: Plan,
        client: Client,
        table: str,
        urls: Mapping[str, str],
        told: Mapping[str, Mapping[str, str]],
        world: World,
    ) -> None:
        self.plan, self.world = plan, world
        self.sqs = client("sqs")
        self._client, self._table, self._urls, self._told = client, table, urls, told
        self._arns = {name: self._arn(url) for name, url in urls.items()}
        self._stream = client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
        self._iterators: dict[str, str] = {}
        store = TableStore(table, lambda: clients.client("dynamodb"))
        self._real = Ports(store=store, witness=self, **{name: getattr(world, name) for name in OURS})

    @property
    def ports(self) -> Mapping[str, Any]:
        """Built as the functions ask for them: the same ones, invocation after invocation."""
        return {name: _Late(self._real, name) for name in (*OURS, *REAL)}

    def now(self) -> datetime:
        return self.world.clock()

    def to(self, moment: datetime) -> None:
        self.world.clock.to(moment)

    def url(self, queue: str) -> str:
        return self._urls[queue]

    def arn(self, queue: str) -> str:
        return self._arns[queue] if queue else str(self._stream)

    def receivable(self, queue: str) -> int:
        return self._numbers(queue)[0]

    def next_moment(self) -> datetime | None:
        """A second from now while anything is delayed or out: the services do not tell when it comes."""
        later = any(number for name in self._urls for number in self._numbers(name)[1:])
        return self.now() + timedelta(seconds=1) if later else None

    def changes(self) -> Sequence[Record]:
        streams = self._client("dynamodbstreams")
        shards = streams.describe_stream(StreamArn=self._stream)["StreamDescription"]["Shards"]
        return [_plain(found) for shard in shards for found in self._records(streams, shard["ShardId"])]

    def variables(self, function: str) -> Mapping[str, str]:
        return self._told[function]

    def socket(self, api: str, connection: str, is_open: bool) -> None:
        """Nobody asks the gateway of these grounds: frames go to the world's sockets."""
        sockets = self.world.desk_sockets if api == "DeskSocketApi" else self.world.chat_sockets
        (sockets.open if is_open else sockets.close)(connection)

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """The ledger's witness, as in memory: the meter knows no time."""
        return self.world.meter.totals("Accepted", "channel")

    def waiting(self) -> int:
        return sum(
            sum(self._numbers(name)) for name in ("Inbound", "InboundDead", "Delivery", "DeliveryDead")
        )

    def _records(self, streams: Any, shard: str) -> list[Any]:
        iterator = (
            self._iterators.get(shard)
            or streams.get_shard_iterator(
                StreamArn=self._stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
        )
        answer = streams.get_records(ShardIterator=iterator)
        self._iterators[shard] = answer.get("NextShardIterator") or iterator
        return list(answer["Records"])

    def _numbers(self, queue: str) -> tuple[int, int, int]:
        told = self.sqs.get_queue_attributes(QueueUrl=self._urls[queue], AttributeNames=["All"])["Attributes"]
        kinds = ("", "NotVisible", "Delayed")
        ready, out, delayed = (int(told.get(f"ApproximateNumberOfMessages{kind}", 0)) for kind in kinds)
        return ready, out, delayed

    def _arn(self, url: str) -> str:
        told = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
        return str(told["QueueArn"])


class _Late:
    """A port that is made when it is first touched: a function has no variables for those it never uses."""

    def __init__(self, ports: Ports, name: str) -> None:
        self._ports, self._name = ports, name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(getattr(self._ports, self._name), attribute)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return getattr(self._ports, self._name)(*given, **named)


def _plain(record: Any) -> Record:
    """As Lambda hands it on: the moment in seconds."""
    images = dict(record["dynamodb"])
    at = images.get("ApproximateCreationDateTime")
    images["ApproximateCreationDateTime"] = int(at.timestamp()) if isinstance(at, datetime) else at
    return {**record, "dynamodb": images}
