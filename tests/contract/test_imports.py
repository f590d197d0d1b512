"""Least import: a webhook pays for what it uses. The world is asked in a fresh interpreter."""

import json
import subprocess
import sys

import pytest

from tests.support.template import FUNCTIONS
from tests.support.tree import ROOT

MAILS = "functions.channels.email.app"
WEBHOOKS = ["functions.channels.sms.app", MAILS]
READS_MAILS = {"charset_normalizer", "icalendar", "nh3", "selectolax"}
NOT_FOR_WEBHOOKS = {
    "pynamodb",
    "chalice",
    "pydantic",
    "phonenumbers",
    "boto3",
    "asyncio",
    "aws_xray_sdk",
    "duckdb",
}

# Imports the handler, makes every client a door uses and enqueues once (canned), then says what was loaded.
ASK = """
import importlib, json, os, sys
os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_REGION="us-east-1",
    AWS_DEFAULT_REGION="us-east-1", INBOUND_QUEUE_URL="https://q/1/in.fifo", POWERTOOLS_SERVICE_NAME="x")
app = importlib.import_module(sys.argv[1])
from shared.adapters.clients import client
from shared.domain.channel.request import Cut, Piece
from shared.edge import door
from botocore.awsrequest import AWSResponse
class Body:
    def stream(self): yield b'{"MessageId": "1"}'
sqs = client("sqs")
sqs.meta.events.register("before-send.sqs", lambda request, **k: AWSResponse(request.url, 200, {}, Body()))
client("secretsmanager")
door.accept("sms", Cut((Piece("E1", "a", "p"),)), "r")
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize("webhook", WEBHOOKS)
def test_a_webhook_that_accepted_an_event_never_imported_what_it_does_not_use(webhook: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK, webhook], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in json.loads(told.stdout.splitlines()[-1])}
    assert loaded & (NOT_FOR_WEBHOOKS | READS_MAILS) == set()
    assert "botocore" in loaded


# What a process that begins as on Lambda has imported before its first event.
BEGUN = """
import importlib, json, os, sys
os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_REGION="us-east-1",
    AWS_DEFAULT_REGION="us-east-1", INBOUND_QUEUE_URL="https://q/1/in.fifo", POWERTOOLS_SERVICE_NAME="x",
    AWS_LAMBDA_INITIALIZATION_TYPE="on-demand", FILES_BUCKET="f", NOTICE_BUCKET="n", TABLE_NAME="t",
    CHANNEL="email", AWS_ENDPOINT_URL="http://127.0.0.1:9")
importlib.import_module(sys.argv[1])
print(json.dumps(sorted(sys.modules)))
"""
HANDLERS = sorted({one["Properties"]["Handler"].removesuffix(".handler") for one in FUNCTIONS.values()})


@pytest.mark.parametrize("module", [one for one in HANDLERS if ".letter." not in one])
def test_the_door_for_mails_alone_imports_what_reads_them(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", BEGUN, module], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in json.loads(told.stdout.splitlines()[-1])}
    expected = {"nh3", "selectolax"} if module == MAILS else set()
    assert loaded & READS_MAILS == expected, "the others are imported for the few mails that need them"
