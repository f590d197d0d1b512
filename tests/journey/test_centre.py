"""The centre stands: what is deployed, what the front door does, what a role may not do."""

import json
import stat
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from infra.local import run_file
from infra.local.centre import Centre
from infra.local.deploy import deploy
from infra.local.template import template
from shared.adapters.table import from_image
from tests.support.patience import PATIENCE, soon

pytestmark = pytest.mark.embedded
FORM = {"content-type": "application/x-www-form-urlencoded"}


def ask(
    centre: Centre, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(centre.address).netloc, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_everything_the_template_names_is_deployed(centre: Centre) -> None:
    wanted = {name for name, one in template()["Outputs"].items() if one.get("Condition") != "OnAws"}

    assert set(centre.outputs) == wanted


def test_items_expire_as_the_template_says(centre: Centre) -> None:
    told = centre.client("dynamodb").describe_time_to_live(TableName=centre.outputs["TableName"])

    assert told["TimeToLiveDescription"] == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


def test_staff_can_log_in_and_carry_their_groups(centre: Centre) -> None:
    cognito = centre.client("cognito-idp")

    for login in centre.logins:
        given = {"USERNAME": login.email, "PASSWORD": login.password}
        tokens = cognito.initiate_auth(
            ClientId=centre.outputs["UserPoolClientId"], AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given
        )
        groups = cognito.admin_list_groups_for_user(
            UserPoolId=centre.outputs["UserPoolId"], Username=login.email
        )
        assert tokens["AuthenticationResult"]["IdToken"]
        assert {one["GroupName"] for one in groups["Groups"]} == set(login.groups)


def test_a_webhook_without_a_proof_is_refused_through_the_front_door(centre: Centre) -> None:
    answer, _ = ask(centre, "POST", "/webhooks/sms", b"From=%2B821055500099&Body=hi", FORM)

    assert answer.status == 401


def test_a_signed_sms_becomes_an_entry_and_is_counted_at_the_door(centre: Centre) -> None:
    before = accepted(centre)

    told = json.dumps({"from": "+821055500098", "text": "안녕하세요"}).encode()
    answer, _ = ask(centre, "POST", "/local/sms/send", told, {"content-type": "application/json"})

    assert answer.status == 200
    assert soon(lambda: [text for text in entry_texts(centre) if text == "안녕하세요"])
    assert soon(lambda: accepted(centre) == before + 1)


def entry_texts(centre: Centre) -> list[str]:
    pages = centre.client("dynamodb").get_paginator("scan").paginate(TableName=centre.outputs["TableName"])
    items = [item for page in pages for item in page["Items"]]
    return [from_image(item).text for item in items if item["sk"]["S"].startswith("ENTRY#")]


def accepted(centre: Centre) -> float:
    """Accepted SMS events, as the metric says: AWS and the local run make it out of log lines."""
    cloudwatch, now = centre.client("cloudwatch"), datetime.now(UTC)
    namespace = centre.outputs["PowertoolsMetricsNamespace"]
    metrics = cloudwatch.list_metrics(Namespace=namespace, MetricName="Accepted")["Metrics"]
    found = [
        point["Sum"]
        for metric in metrics
        if {"Name": "channel", "Value": "sms"} in metric["Dimensions"]
        for point in cloudwatch.get_metric_statistics(
            Namespace=namespace, MetricName="Accepted", Dimensions=metric["Dimensions"], Period=3600,
            StartTime=now - timedelta(hours=2), EndTime=now + timedelta(hours=1), Statistics=["Sum"],
        )["Datapoints"]
    ]  # fmt: skip
    return float(sum(found))


def test_an_agent_logs_in_stays_and_leaves_through_the_front_door(centre: Centre) -> None:
    login, kind = centre.logins[0], {"content-type": "application/json"}
    told = json.dumps({"email": login.email, "password": login.password}).encode()

    answer, body = ask(centre, "POST", "/api/session", told, kind)

    assert answer.status == 200, body
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert json.loads(body)["agent"]["groups"] == list(login.groups)
    back = kind | {"Cookie": cookie.split(";")[0]}
    again, body = ask(centre, "POST", "/api/session/refresh", b"{}", back)
    assert again.status == 200, body
    me, body = ask(
        centre, "GET", "/api/me", headers={"Authorization": f"Bearer {json.loads(body)['id_token']}"}
    )
    assert me.status == 200, body


def test_a_page_that_may_carry_the_widget_passes_the_browsers_preflight(centre: Centre) -> None:
    headers = {"Origin": centre.address, "Access-Control-Request-Method": "POST",
               "Access-Control-Request-Headers": "content-type"}  # fmt: skip

    own, _ = ask(centre, "OPTIONS", "/public/chat/ticket", headers=headers)
    foreign, _ = ask(centre, "OPTIONS", "/public/chat/ticket", headers=headers | {"Origin": "https://x.test"})

    assert own.status in (200, 204)
    assert own.headers["Access-Control-Allow-Origin"] == centre.address
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_a_widget_gets_its_ticket_and_the_browser_may_read_it(centre: Centre) -> None:
    headers = {"Origin": centre.address, "content-type": "application/json"}

    answer, body = ask(centre, "POST", "/public/chat/ticket", b"{}", headers)

    assert answer.status == 200, body
    assert answer.headers.get_all("Access-Control-Allow-Origin") == [centre.address]
    assert json.loads(body)["url"] == f"ws{centre.address.removeprefix('http')}/socket/chat"


def test_a_staff_route_without_a_token_is_refused_before_any_function(centre: Centre) -> None:
    answer, _ = ask(centre, "GET", "/api/me")

    assert answer.status == 401


@pytest.mark.parametrize("socket", ["desk", "chat"])
def test_a_socket_without_a_ticket_is_refused_at_connect(centre: Centre, socket: str) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "c29tZSBzaXh0ZWVuIGJ5dA==",
        "Origin": centre.address,
    }

    answer, _ = ask(centre, "GET", f"/socket/{socket}?ticket=none", headers=upgrade)

    assert answer.status == 403


def test_pages_come_with_the_headers_of_the_template(centre: Centre) -> None:
    answer, _ = ask(centre, "GET", "/")

    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_front_page_can_ask_for_the_demo_logins(centre: Centre) -> None:
    _, body = ask(centre, "GET", "/local/logins")

    assert json.loads(body)["items"] == [login.document() for login in centre.logins]


def test_hashed_files_never_change_and_may_be_kept(centre: Centre) -> None:
    _, page = ask(centre, "GET", "/desk")
    path = page.decode().split('src="')[1].split('"')[0]

    answer, _ = ask(centre, "GET", path)

    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_the_front_door_answers_to_its_own_names_only(centre: Centre) -> None:
    answer, _ = ask(centre, "GET", "/", headers={"Host": "rebound.example"})

    assert answer.status == 421


def test_a_role_may_touch_its_own_partitions_only(centre: Centre) -> None:
    table = as_function(centre, "SurveyDispatcher", "dynamodb")

    with pytest.raises(ClientError, match="AccessDenied"):
        table.get_item(TableName=centre.outputs["TableName"], Key=key("TICKET#x", "TICKET"))
    assert "Item" not in table.get_item(TableName=centre.outputs["TableName"], Key=key("CUST#x", "HEAD"))


def test_each_item_of_a_transaction_is_checked_alone(centre: Centre) -> None:
    table, name = as_function(centre, "SurveyDispatcher", "dynamodb"), centre.outputs["TableName"]
    own = {"Put": {"TableName": name, "Item": key("CUST#x", "NOTHING")}}
    foreign = {"Put": {"TableName": name, "Item": key("TICKET#x", "TICKET")}}

    table.transact_write_items(TransactItems=[own])
    with pytest.raises(ClientError, match="AccessDenied"):
        table.transact_write_items(TransactItems=[own, foreign])


def key(pk: str, sk: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def as_function(centre: Centre, name: str, service: str) -> Any:
    """A client with the role that the template gives to a function."""
    found = centre.client("cloudformation").describe_stack_resource(
        StackName=centre.stack, LogicalResourceId=name
    )
    physical = found["StackResourceDetail"]["PhysicalResourceId"]
    role = centre.client("lambda").get_function_configuration(FunctionName=physical)["Role"]
    given = centre.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return centre.session().client(  # type: ignore[call-overload]  # any service, by name
        service,
        endpoint_url=centre.endpoint,
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )


def test_channels_that_are_off_leave_nothing_behind(centre: Centre) -> None:
    off = {"Target": "local", "PublicUrl": centre.address, "SmsEnabled": "false", "ChatEnabled": "false"}

    outputs = deploy(centre.emulator, off, stack="silent")

    resources = centre.client("cloudformation").describe_stack_resources(StackName="silent")["StackResources"]
    names = [one["LogicalResourceId"] for one in resources]
    assert not [one for one in names if one.startswith(("Sms", "Chat", "Email"))]
    assert "SmsOutboundQueueUrl" not in outputs
    assert "SmsOutboundQueueUrl" in deploy(centre.emulator, off | {"SmsEnabled": "true"}, stack="silent")


def test_what_runs_is_written_down_for_its_owner_only(centre: Centre, tmp_path: Path) -> None:
    run_file.write(tmp_path, centre)

    told = json.loads((tmp_path / "run.json").read_text())
    assert stat.S_IMODE((tmp_path / "run.json").stat().st_mode) == 0o600
    assert told["front_door"] == centre.address
    assert told["outputs"] == centre.outputs


def test_a_role_that_may_send_may_send_a_batch(centre: Centre) -> None:
    queues, url = as_function(centre, "EventPublisher", "sqs"), centre.outputs["UnannouncedQueueUrl"]
    entries = [{"Id": str(n), "MessageBody": "{}"} for n in range(2)]

    answer = queues.send_message_batch(QueueUrl=url, Entries=entries)

    assert [one["Id"] for one in answer["Successful"]] == ["0", "1"]
    with pytest.raises(ClientError, match="AccessDenied"):
        queues.receive_message(QueueUrl=url)
    centre.client("sqs").purge_queue(QueueUrl=url)
