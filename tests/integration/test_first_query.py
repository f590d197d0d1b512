"""A function whose first request is a query has met no other kind yet."""

import subprocess
import sys

PROGRAM = """
from datetime import UTC, datetime
import boto3
from moto import mock_aws
from shared.domain.routing.pool import Free
from shared.adapters.store import TableStore

with mock_aws():
    table = boto3.client("dynamodb")
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    table.create_table(
        TableName="t", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n, _ in keys],
        KeySchema=[{"AttributeName": n, "KeyType": k} for n, k in keys],
    )
    row = {"pk": "POOL#main", "sk": "FREE#2026-01-05T09:00:00.000Z#a1", "type": "Free", "pool": "main",
           "since": "2026-01-05T09:00:00.000Z", "agent_id": "a1"}
    table.put_item(TableName="t", Item={name: {"S": value} for name, value in row.items()})
    found = TableStore("t", lambda: table).find(Free, "main")
    assert found == (Free("main", datetime(2026, 1, 5, 9, tzinfo=UTC), "a1"),), found
"""


def test_a_query_as_the_very_first_request_finds_its_kind() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
