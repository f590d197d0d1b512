"""CPU of one inbound message (webhook, router, publisher) against the same calls made bare."""

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from statistics import median
from typing import Any

import pytest
from pynamodb.attributes import DiscriminatorAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from shared.adapters import clients
from shared.adapters.bus import detail
from shared.adapters.table import key, to_image
from shared.domain.change import Ref
from shared.domain.customer import AddressOwner, Head
from shared.domain.facts import facts
from shared.domain.receipt import Receipt
from shared.edge import codec, wiring
from shared.edge.observability import logger
from tests.bench.canned import Canned
from tests.bench.measure import ratio, taking_turns, within
from tests.bench.samples import (
    AT,
    CUSTOMER,
    HELLO,
    SENDER,
    VERSION,
    entry,
    head,
    raws,
    receipt,
    stream_record,
    table,
)
from tests.support.sqs import batch, record
from tests.support.webhooks import SECRET, event_of, payload, request

QUEUE = "https://sqs.ap-northeast-2.amazonaws.com/000000000000/inbound.fifo"
SEND = {"QueueUrl": QUEUE, "MessageGroupId": "g", "MessageDeduplicationId": "d"}
BATCH = 10
Run = Callable[[], object]


@pytest.fixture
def canned(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canned]:
    """A customer with an open case, behind clients that never leave the process."""
    for name, value in {
        "TABLE_NAME": "patchbay",
        "BUS_NAME": "patchbay",
        "INBOUND_QUEUE_URL": QUEUE,
        "DELIVERY_QUEUE_URL": QUEUE,
        "ROUTING_QUEUE_URL": QUEUE,
        "TIMERS_QUEUE_URL": QUEUE,
        "UNANNOUNCED_QUEUE_URL": QUEUE,
        "TWILIO_SECRET_ID": "twilio",
        "FILES_BUCKET": "files",
        "PUBLIC_URL": "https://hooks.example.test",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(logger().registered_handler, "stream", io.StringIO())
    clients.reset()
    wiring.reset()
    answers = Canned(table(), codec.encode(SECRET))
    answers.attach(clients.client)
    yield answers
    clients.reset()
    wiring.reset()


def bench_an_inbound_message_costs_little_more_than_its_calls(canned: Canned) -> None:
    for size in (1, BATCH):
        runs = {"ours": _ours(size), "floor": _floor(size), "bare": _bare(size)}
        assert _requests(canned, runs["ours"]) == _requests(canned, runs["floor"])

        with contextlib.redirect_stdout(io.StringIO()):
            told = taking_turns(runs, repeats=max(1, 6 // size))

        print(f"\nbatch of {size}, CPU a message: " + _per_message(told, size))
        print(f"against bare tuned botocore: {ratio(told['ours'], told['bare']):.2f}x (printed, not judged)")
        within(f"inbound message, batch of {size}", ratio(told["ours"], told["floor"]), 1.4)


def _requests(canned: Canned, run: Run) -> dict[str, int]:
    """What a run asks of AWS once it is warm."""
    with contextlib.redirect_stdout(io.StringIO()):
        run()
        canned.seen.clear()
        run()
    return dict(canned.seen)


def _per_message(told: dict[str, list[float]], size: int) -> str:
    return ", ".join(f"{name} {median(rounds) / size * 1e6:,.0f} us" for name, rounds in told.items())


def _ours(size: int) -> Run:
    from functions.channels.sms import app as webhook
    from functions.event_publisher import app as publisher
    from functions.router import app as router

    posts = [event_of(request(payload(HELLO))) for _ in range(size)]
    records = batch(*(record(f"m{i}", codec.encode(raw), group="g") for i, raw in enumerate(raws(size))))
    stream = {"Records": [stream_record(seq) for seq in range(VERSION + 1, VERSION + 1 + size)]}

    def run() -> None:
        for post in posts:
            assert webhook.handler(post, None)["statusCode"] == 200
        assert router.handler(records, None) == {"batchItemFailures": []}
        assert publisher.handler(stream, None) == {"batchItemFailures": []}

    return run


class Plain(Model):
    """The table as PynamoDB alone would have it: the same items under the same names, nothing of ours."""

    class Meta:
        table_name = "patchbay"
        region = "ap-northeast-2"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = DiscriminatorAttribute()


@cache
def _plain_model(name: str, texts: frozenset[str], numbers: frozenset[str]) -> Any:
    attributes: dict[str, Any] = {n: UnicodeAttribute(null=True) for n in texts}
    attributes |= {n: NumberAttribute(null=True) for n in numbers}
    metaclass: Any = type(Plain)
    return metaclass(name, (Plain,), attributes, discriminator=name)


def _plain(item: object) -> tuple[Any, dict[str, Any]]:
    """A plain model of an item's kind, and what the item holds in it."""
    stored = to_image(item)
    name = stored.pop("type")["S"]
    texts = {n: v["S"] for n, v in stored.items() if "S" in v}
    numbers = {n: json.loads(v["N"]) for n, v in stored.items() if "N" in v}
    return _plain_model(name, frozenset(texts) - {"pk", "sk"}, frozenset(numbers)), texts | numbers


def _floor(size: int) -> Run:
    """Tuned botocore for SQS and EventBridge, PynamoDB for the table: same calls, same items, no rules."""
    stored = [_plain(item) for item in (receipt(), entry(), head())]
    _plain(AddressOwner(SENDER, CUSTOMER, CUSTOMER))
    body, head_key = codec.encode(raws(1)[0]), key(Ref(Head, CUSTOMER))
    wanted = {key(Ref(Receipt, "sms", "SM1")), key(Ref(AddressOwner, SENDER))}
    absent = Plain.pk.does_not_exist()
    conditions = (absent, absent, Path("version") == VERSION)
    Plain._get_connection().connection._client = clients.client("dynamodb")

    def run() -> None:
        for _ in range(size):
            clients.client("sqs").send_message(**SEND, MessageBody=body)
            list(Plain.batch_get(wanted, consistent_read=True))
            Plain.get(*head_key, consistent_read=True)
            with TransactWrite(connection=Plain._get_connection().connection) as transaction:
                for (kind, told), condition in zip(stored, conditions, strict=True):
                    transaction.save(kind(**told), condition=condition)
        _put_events(size)

    return run


def _bare(size: int) -> Run:
    """The same on the tuned low-level client alone, with items already in DynamoDB's own form."""
    absent = {"ConditionExpression": "attribute_not_exists(pk)"}
    stands = {
        "ConditionExpression": "version = :v",
        "ExpressionAttributeValues": {":v": {"N": str(VERSION)}},
    }
    pairs: tuple[tuple[object, dict[str, Any]], ...] = (
        (receipt(), absent),
        (entry(), absent),
        (head(), stands),
    )
    puts = [{"Put": {"TableName": "patchbay", "Item": to_image(i), **how}} for i, how in pairs]
    keys = [_key(Ref(Receipt, "sms", "SM1")), _key(Ref(AddressOwner, SENDER))]
    asked = {"patchbay": {"Keys": keys, "ConsistentRead": True}}
    body = codec.encode(raws(1)[0])

    def run() -> None:
        client = clients.client("dynamodb")
        for _ in range(size):
            clients.client("sqs").send_message(**SEND, MessageBody=body)
            client.batch_get_item(RequestItems=asked)
            client.get_item(TableName="patchbay", Key=_key(Ref(Head, CUSTOMER)), ConsistentRead=True)
            client.transact_write_items(TransactItems=puts)
        _put_events(size)

    return run


def _put_events(size: int) -> None:
    told = codec.encode(detail(facts(entry())[0]))
    line = {"EventBusName": "patchbay", "Source": "patchbay", "DetailType": "MessageReceived", "Detail": told}
    clients.client("events").put_events(Entries=[line | {"Time": AT}] * size)


def _key(ref: Ref[Any]) -> dict[str, Any]:
    pk, sk = key(ref)
    return {"pk": {"S": pk}, "sk": {"S": sk}}
