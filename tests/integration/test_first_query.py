"""A function whose first request is a query has met no other kind yet."""

import subprocess
import sys

PROGRAM = """
from datetime import UTC, datetime
import boto3
from moto import mock_aws
from shared.domain.routing.seats import Bench, OfPool, Seat
from shared.adapters.store import TableStore

with mock_aws():
    table = boto3.client("dynamodb")
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    table.create_table(
        TableName="t", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n, _ in keys],
        KeySchema=[{"AttributeName": n, "KeyType": k} for n, k in keys],
    )
    row = {"pk": "POOL#main", "sk": "BENCH#0003", "type": "Bench", "pool": "main", "@a1": "AZuNYnqA;sms"}
    told = {name: {"S": value} for name, value in row.items()}
    table.put_item(TableName="t", Item=told | {"n": {"N": "3"}})
    found = TableStore("t", lambda: table).find(OfPool, "main")
    seat = Seat("main", 3, "a1", datetime(2026, 1, 5, 9, tzinfo=UTC), channels=("sms",))
    assert found == (Bench("main", 3, (seat,)),), found
"""


def test_a_query_as_the_very_first_request_finds_its_kind() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
