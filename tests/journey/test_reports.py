"""From a message to the supervisor's figures, the files and the ledger, through the deployed functions."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from infra.local.centre import Centre
from shared.adapters.table import from_image
from tests.support.patience import PATIENCE, soon

pytestmark = pytest.mark.embedded
JSON = {"content-type": "application/json"}


def ask(centre: Centre, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
    connection = HTTPConnection(urlsplit(centre.address).netloc, timeout=PATIENCE)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), JSON | headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def logged_in(centre: Centre, group: str) -> Callable[[str], tuple[int, Any]]:
    login = next(login for login in centre.logins if group in login.groups)
    _, told = ask(centre, "POST", "/api/session", {"email": login.email, "password": login.password})
    bearer = f"Bearer {told['id_token']}"
    return lambda path: ask(centre, "GET", f"/api{path}", Authorization=bearer)


def invoke(centre: Centre, function: str, event: object) -> Any:
    found = centre.client("cloudformation").describe_stack_resource(
        StackName=centre.stack, LogicalResourceId=function
    )
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    answer = centre.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
    told = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, told
    return told


def test_a_message_is_in_the_figures_the_files_and_the_ledger(centre: Centre) -> None:
    see = logged_in(centre, "supervisor")
    before = see("/figures")[1]["totals"]["messages_received"]

    for n in range(3):
        status, _ = ask(centre, "POST", "/local/sms/send", {"from": f"+82105550007{n}", "text": "Hello"})
        assert status == 200

    assert soon(lambda: see("/figures")[1]["totals"]["messages_received"] == before + 3)
    _, figures = see("/figures")
    assert figures["totals"]["contacts_queued"] >= 3
    ledger = soon(lambda: (told := see("/ledger")[1])["adds_up"] and told)
    (sms,) = [line for line in ledger["channels"] if line["channel"] == "sms"]
    assert sms["handled"] >= 3

    merged = invoke(centre, "RawCompactor", {})
    assert (merged["finished"], merged["broken"]) == (True, [])
    exported = invoke(centre, "ReportExporter", {"day": figures["day"]})
    _, reports = see("/reports")
    (file,) = [f for f in reports["items"] if (f["day"], f["name"]) == (figures["day"], "events.csv")]
    rows = list(csv.DictReader(io.StringIO(urlopen(file["url"]).read().decode())))
    assert f"reports/day={figures['day']}/events.csv" in exported["files"]
    assert sum(row["name"] == "MessageReceived" for row in rows) >= 3
    assert not any("Hello" in value for row in rows for value in row.values())


def test_the_nightly_check_finds_everything_counted(centre: Centre) -> None:
    told = invoke(centre, "Reconciler", {"check": True})

    assert (told["announced"], told["finished"]) == (0, True)
    invoke(centre, "Reconciler", {})
    check = logged_in(centre, "supervisor")("/ledger")[1]["check"]
    assert (check["announced"], check["finished"]) == (0, True)


def test_a_message_whose_webhook_was_lost_is_found_in_the_providers_list(centre: Centre) -> None:
    text, today = "Did this reach you?", datetime.now(UTC).date()
    days = {"days": [str(today - timedelta(days=1)), str(today)]}
    ask(centre, "POST", "/local/sms/send", {"from": "+821012345679", "text": text, "lost": True})

    first = invoke(centre, "SmsComparer", days)
    soon(lambda: received(centre, text))
    again = invoke(centre, "SmsComparer", days)

    assert (sum(first["recovered"].values()), sum(again["recovered"].values())) == (1, 0)
    assert received(centre, text) == 1


def received(centre: Centre, text: str) -> int:
    """How often these words are on a timeline."""
    pages = centre.client("dynamodb").get_paginator("scan").paginate(TableName=centre.outputs["TableName"])
    entries = [item for page in pages for item in page["Items"] if item["sk"]["S"].startswith("ENTRY#")]
    return sum(from_image(item).text == text for item in entries)


def test_an_agent_sees_neither_figures_nor_ledger(centre: Centre) -> None:
    see = logged_in(centre, "agent")

    assert see("/figures")[0] == see("/live")[0] == see("/ledger")[0] == 403


def test_live_names_the_queue(centre: Centre) -> None:
    status, told = logged_in(centre, "supervisor")("/live")

    assert status == 200
    assert [queue["queue"] for queue in told["queues"]] == ["main"]
