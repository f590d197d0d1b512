"""The calls of an inbound message made by the libraries alone, with nothing of ours around them."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from pynamodb.attributes import DiscriminatorAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from shared.adapters import clients, codec
from shared.adapters.bus import detail
from shared.adapters.table import key, to_image
from shared.domain.change import Ref
from shared.domain.channel.receipt import Receipt
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.timeline.bus_facts import facts
from tests.bench.samples import AT, CUSTOMER, SENDER, VERSION, entry, head, raws, receipt

QUEUE = "https://sqs.ap-northeast-2.amazonaws.com/000000000000/inbound.fifo"
SEND = {"QueueUrl": QUEUE, "MessageGroupId": "g", "MessageDeduplicationId": "d"}
Run = Callable[[], object]


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


def floor(size: int) -> Run:
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
        put_events(size)

    return run


def bare(size: int) -> Run:
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
        put_events(size)

    return run


def put_events(size: int) -> None:
    told = codec.encode(detail(facts(entry())[0]))
    line = {"EventBusName": "patchbay", "Source": "patchbay", "DetailType": "MessageReceived", "Detail": told}
    clients.client("events").put_events(Entries=[line | {"Time": AT}] * size)


def _key(ref: Ref[Any]) -> dict[str, Any]:
    pk, sk = key(ref)
    return {"pk": {"S": pk}, "sk": {"S": sk}}
