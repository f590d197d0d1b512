"""The partitions a DynamoDB request names, for the policy check of the embedded AWS."""

import json
from typing import Any

import pytest

from infra.local.policy_check import CONDITION_KEY, IN_TRANSACTION, condition_keys, identity

ITEM = {"pk": {"S": "CUST#1"}, "sk": {"S": "HEAD"}}
OTHER = {"pk": {"S": "ADDR#1"}, "sk": {"S": "ADDR"}}


@pytest.mark.parametrize(
    "request_",
    [
        {"TableName": "t", "Key": ITEM},
        {"TableName": "t", "Item": ITEM | {"text": {"S": "pk = :v"}}},
        {
            "TableName": "t",
            "KeyConditionExpression": "(#0 = :0 AND begins_with (#1, :1))",
            "ExpressionAttributeNames": {"#0": "pk", "#1": "sk"},
            "ExpressionAttributeValues": {":0": {"S": "CUST#1"}, ":1": {"S": "ENTRY#"}},
        },
        {
            "TableName": "t",
            "KeyConditionExpression": "sk = :1 AND pk = :0",
            "ExpressionAttributeValues": {":0": {"S": "CUST#1"}, ":1": {"S": "ENTRY#"}},
        },
    ],
)
def test_a_request_names_its_partition(request_: dict[str, Any]) -> None:
    assert condition_keys(json.dumps(request_).encode()) == {CONDITION_KEY: ["CUST#1"]}


def test_a_batch_names_each_partition_once() -> None:
    body = json.dumps({"RequestItems": {"t": {"Keys": [ITEM, OTHER, ITEM]}}}).encode()

    assert condition_keys(body) == {CONDITION_KEY: ["CUST#1", "ADDR#1"]}


def test_a_transaction_names_partitions_by_what_is_done_to_them() -> None:
    members = [{"Put": {"Item": ITEM}}, {"ConditionCheck": {"Key": OTHER}}, {"Put": {"Item": OTHER}}]

    told = condition_keys(json.dumps({"TransactItems": members}).encode())

    assert told == {
        IN_TRANSACTION: {
            "dynamodb:PutItem": ["CUST#1", "ADDR#1"],
            "dynamodb:ConditionCheckItem": ["ADDR#1"],
        }
    }


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"TableName": "t"}'])
def test_what_names_no_item_names_no_partition(body: bytes) -> None:
    assert condition_keys(body) == {}


@pytest.mark.parametrize(
    ("path", "body", "domain"),
    [
        ("/v2/email/outbound-emails", b'{"FromEmailAddress": "help@shop.example.test"}', "shop.example.test"),
        ("/v2/email/outbound-emails/", b'{"FromEmailAddress": "Help <a@B.example.test>"}', "b.example.test"),
        ("/v2/email/outbound-emails", b"{}", ""),
        ("/v2/email/outbound-emails", b"junk", ""),
        ("/v2/email/identities", b'{"FromEmailAddress": "help@shop.example.test"}', ""),
    ],
)
def test_a_mail_is_sent_in_the_name_of_its_senders_domain(path: str, body: bytes, domain: str) -> None:
    assert identity(path, body) == domain
