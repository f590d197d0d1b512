"""CPU of one inbound message (webhook, router, publisher) against the same calls made bare."""

import contextlib
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from typing import Any

import pytest
from pynamodb.transactions import TransactWrite

from shared.adapters import clients
from shared.adapters.table import Item, key, model, ref_of, to_model
from shared.domain.address import Address
from shared.domain.attach import interaction, waiting_case
from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import Ref
from shared.domain.commands import Raw
from shared.domain.customer import AddressOwner, Head
from shared.domain.entry import Entry
from shared.domain.now import Now
from shared.domain.receipt import Receipt
from shared.edge import codec, wiring
from shared.edge.observability import logger
from tests.bench.canned import Canned
from tests.bench.measure import ratio, taking_turns, within
from tests.support.sqs import batch, record
from tests.support.webhooks import SECRET, event_of, payload, request

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CUSTOMER = "01KDVDNAZ84F4JQAS9DZR94AFZ"
SENDER = Address("phone", "+821000000001")
QUEUE = "https://sqs.ap-northeast-2.amazonaws.com/000000000000/inbound.fifo"
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
    answers = Canned(_table(), codec.encode(SECRET))
    answers.attach(clients.client)
    yield answers
    clients.reset()
    wiring.reset()


def bench_an_inbound_message_costs_little_more_than_its_calls(canned: Canned) -> None:
    for size in (1, BATCH):
        runs = {"ours": _ours(size), "floor": _floor(size), "bare": _bare(size)}
        with contextlib.redirect_stdout(io.StringIO()):
            told = taking_turns(runs, repeats=max(1, 6 // size))
        print(f"\nbatch of {size}, CPU a message: " + _per_message(told, size))
        print(f"against bare tuned botocore: {ratio(told['ours'], told['bare']):.2f}x (printed, not judged)")
        within(f"inbound message, batch of {size}", ratio(told["ours"], told["floor"]), 1.4)


def _per_message(told: dict[str, list[float]], size: int) -> str:
    return ", ".join(f"{name} {median(rounds) / size * 1e6:,.0f} us" for name, rounds in told.items())


def _ours(size: int) -> Run:
    from functions.channels.sms import app as webhook
    from functions.event_publisher import app as publisher
    from functions.router import app as router

    posts = [event_of(request(payload("sms/hello.txt"))) for _ in range(size)]
    records = batch(*(record(f"m{i}", codec.encode(raw), group="g") for i, raw in enumerate(_raws(size))))
    stream = {"Records": [_stream_record(seq) for seq in range(2, 2 + size)]}

    def run() -> None:
        for post in posts:
            assert webhook.handler(post, None)["statusCode"] == 200
        assert router.handler(records, None) == {"batchItemFailures": []}
        assert publisher.handler(stream, None) == {"batchItemFailures": []}

    return run


def _floor(size: int) -> Run:
    """Tuned botocore for SQS and EventBridge, PynamoDB for the table: same calls, same items, no rules."""
    raws, receipt, entry, head = _raws(size), _receipt(), _entry(2), _head()
    body, put_events = codec.encode(raws[0]), _put_events
    stored = [(type(item), _attributes(item)) for item in (receipt, entry, head)]
    wanted = {key(Ref(Receipt, "sms", "SM1")), key(Ref(AddressOwner, SENDER))}

    def run() -> None:
        wiring.ports().store._connect()  # type: ignore[attr-defined]  # the models' connection
        for _ in range(size):
            clients.client("sqs").send_message(
                QueueUrl=QUEUE, MessageBody=body, MessageGroupId="g", MessageDeduplicationId="d"
            )
            list(Item.batch_get(set(wanted), consistent_read=True))
            Item.get(*key(Ref(Head, CUSTOMER)), consistent_read=True)
            with TransactWrite(connection=Item._get_connection().connection) as transaction:
                for kind, attributes in stored:
                    transaction.save(model(kind)(**attributes), condition=Item.pk.does_not_exist())
        put_events(size)

    return run


def _bare(size: int) -> Run:
    """The same on the tuned low-level client alone, with items already in DynamoDB's own form."""
    items = [to_model(item).to_dynamodb_dict() for item in (_receipt(), _entry(2), _head())]
    puts = [
        {"Put": {"TableName": "patchbay", "Item": i, "ConditionExpression": "attribute_not_exists(pk)"}}
        for i in items
    ]
    keys = [_key(Ref(Receipt, "sms", "SM1")), _key(Ref(AddressOwner, SENDER))]
    asked = {"patchbay": {"Keys": keys, "ConsistentRead": True}}
    body = codec.encode(_raws(1)[0])

    def run() -> None:
        table = clients.client("dynamodb")
        for _ in range(size):
            clients.client("sqs").send_message(
                QueueUrl=QUEUE, MessageBody=body, MessageGroupId="g", MessageDeduplicationId="d"
            )
            table.batch_get_item(RequestItems=asked)
            table.get_item(TableName="patchbay", Key=_key(Ref(Head, CUSTOMER)), ConsistentRead=True)
            table.transact_write_items(TransactItems=puts)
        _put_events(size)

    return run


def _put_events(size: int) -> None:
    from shared.adapters.bus import detail
    from shared.domain.facts import facts

    told = codec.encode(detail(facts(_entry(2))[0]))
    line = {"EventBusName": "patchbay", "Source": "patchbay", "DetailType": "MessageReceived", "Detail": told}
    clients.client("events").put_events(Entries=[line | {"Time": AT}] * size)


def _table() -> dict[tuple[str, str], dict[str, Any]]:
    known = (_head(), AddressOwner(SENDER, CUSTOMER, CUSTOMER), ConfigPointer(1), Config(1, Centre()))
    return {key(ref_of(item)): to_model(item).to_dynamodb_dict() for item in known}


def _attributes(item: object) -> dict[str, Any]:
    made = to_model(item)
    return {
        name: value for name, value in made.attribute_values.items() if value is not None and name != "type"
    }


def _key(ref: Ref[Any]) -> dict[str, Any]:
    pk, sk = key(ref)
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _head() -> Head:
    counter = iter(range(100))
    now = Now(AT, lambda: f"01KDVDNAZ84F4JQAS9DZR9{next(counter):04}", Centre())
    begun = interaction(SENDER, CUSTOMER, "sms", SENDER.value, "+15005550010", now)
    return Head(
        CUSTOMER, 1, "ko", cases=(waiting_case("01KDVDNAZ84F4JQAS9DZR9CASE", CUSTOMER, "main", begun, now),)
    )


def _entry(seq: int) -> Entry:
    from shared.domain.entry import Audience, Kind

    return Entry(
        CUSTOMER, seq, "01KDVDNAZ84F4JQAS9DZR9ENTR", AT, Kind.MESSAGE_RECEIVED, Audience.CUSTOMER, "customer",
        channel="sms", case_id="01KDVDNAZ84F4JQAS9DZR9CASE", interaction_id="01KDVDNAZ84F4JQAS9DZR90000",
        address=SENDER, reply_to=SENDER.value, own_side="+15005550010", text="Hello, where is my order?",
        facts={"queue": "main", "door": "sms"},
    )  # fmt: skip


def _receipt() -> Receipt:
    from shared.domain.receipt import Outcome

    return Receipt("sms", "SM1", "a.e0", AT, Outcome.HANDLED, "", payload("sms/hello.txt"), CUSTOMER, 2, AT)


def _raws(size: int) -> list[Raw]:
    body = payload("sms/hello.txt").replace("%2B15005550006", "%2B821000000001")
    body = "&".join("From=%2B821000000001" if part.startswith("From=") else part for part in body.split("&"))
    return [Raw("sms", f"SM{i}", f"a{i}.e0", AT, body, "g") for i in range(size)]


def _stream_record(seq: int) -> dict[str, Any]:
    image = to_model(_entry(seq)).to_dynamodb_dict()
    return {
        "eventID": str(seq),
        "eventName": "INSERT",
        "dynamodb": {
            "Keys": {"pk": image["pk"], "sk": image["sk"]},
            "NewImage": image,
            "SequenceNumber": str(seq),
        },
    }
