"""The operator's commands against AWS as moto plays it: pages, dead letters, logs, staff, the doctor."""

import json
import time
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.cli import examine, publish
from infra.cli.commands import logs, redrive
from infra.cli.place import Place
from infra.cli.queues import dead_letters
from infra.web import WebFile

REGION = "ap-northeast-2"
HOME = Namespace(queue=None, stack=None)


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def sqs(aws: None) -> Any:
    return boto3.client("sqs", REGION)


@pytest.fixture
def centre(sqs: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A stack with one FIFO queue, one plain one, and what nobody understood."""
    fifo = {"FifoQueue": "true"}
    names = {
        "Inbound.fifo": fifo,
        "InboundDead.fifo": fifo,
        "Timers": {},
        "TimersDead": {},
        "Unannounced": {},
    }
    outputs = {
        f"{name.removesuffix('.fifo')}QueueUrl": sqs.create_queue(QueueName=name, Attributes=kind)["QueueUrl"]
        for name, kind in names.items()
    }
    place = Place("patchbay", "http://127.0.0.1:9", outputs, {})
    monkeypatch.setattr(redrive, "find_place", lambda _: place)
    return place


def bodies(sqs: Any, url: str) -> list[str]:
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"])
    return [message["Body"] for message in found.get("Messages", [])]


def test_dead_letters_go_back_in_order_and_in_their_group(centre: Place, sqs: Any) -> None:
    for number in range(12):
        sqs.send_message(
            QueueUrl=centre.outputs["InboundDeadQueueUrl"],
            MessageBody=str(number),
            MessageGroupId="g",
            MessageDeduplicationId=f"d{number}",
        )

    answer = redrive.run(Namespace(queue="inbound", stack=None))

    assert answer.document == {"queue": "Inbound", "moved": 12}
    assert bodies(sqs, centre.outputs["InboundQueueUrl"]) == [str(number) for number in range(10)]
    assert bodies(sqs, centre.outputs["InboundDeadQueueUrl"]) == []


def test_without_a_name_dead_letters_are_counted_and_stay(centre: Place, sqs: Any) -> None:
    sqs.send_message(QueueUrl=centre.outputs["TimersDeadQueueUrl"], MessageBody="late")

    answer = redrive.run(HOME)

    assert answer.document == {"dead_letters": {"Inbound": 0, "Timers": 1, "Unannounced": 0}}
    assert bodies(sqs, centre.outputs["TimersDeadQueueUrl"]) == ["late"]


def test_what_is_parked_belongs_nowhere_and_is_not_moved(centre: Place) -> None:
    assert [one.name for one in dead_letters(centre) if not one.queue] == ["Unannounced"]


def test_the_doctor_names_the_queue_and_the_cure(centre: Place, sqs: Any) -> None:
    sqs.send_message(QueueUrl=centre.outputs["TimersDeadQueueUrl"], MessageBody="late")

    findings = examine.centre(centre)

    assert any("Timers has 1 dead letters" in one and "patchbay redrive Timers" in one for one in findings)


def test_the_doctor_says_that_nobody_answers_instead_of_failing(centre: Place) -> None:
    assert any(one.startswith("Nobody answers at http://127.0.0.1:9/desk") for one in examine.centre(centre))


def test_the_doctor_names_what_a_secret_lacks(aws: None) -> None:
    secret = boto3.client("secretsmanager", REGION).create_secret(
        Name="twilio", SecretString=json.dumps({"account_sid": "", "auth_token": "t", "from_number": "+1"})
    )

    findings = examine.centre(Place("patchbay", "http://127.0.0.1:9", {"SmsSecretId": secret["ARN"]}, {}))

    assert [one for one in findings if "has no account_sid" in one]
    assert not [one for one in findings if "has no auth_token" in one]


def test_a_traceback_is_found_and_book_keeping_is_not_in_the_way() -> None:
    crash = {
        "level": "ERROR",
        "message": "record_failed",
        "exception": "Traceback …\nKeyError: 'x'",
        "id": "7",
    }
    lines = [
        {"id": "1", "at": 0, "function": "Router", "text": "START RequestId: 5"},
        {"id": "2", "at": 1, "function": "Router", "said": {"_aws": {}, "Accepted": [1]}},
        {"id": "3", "at": 2, "function": "Router", "said": crash},
    ]

    shown = [logs.as_text(line) for line in lines if logs.spoken(line)]

    assert len(shown) == 1
    assert shown[0].splitlines()[0].split()[1:] == ["Router", "ERROR", "record_failed", "id=7"]
    assert shown[0].splitlines()[1:] == ["Traceback …", "KeyError: 'x'"]


def test_logs_of_all_functions_come_in_order_of_time(aws: None) -> None:
    client, now = boto3.client("logs", REGION), int(time.time() * 1000)  # older lines are refused
    for group, at in (("a", now), ("b", now - 1_000)):
        client.create_log_group(logGroupName=group)
        client.create_log_stream(logGroupName=group, logStreamName="s")
        events = [{"timestamp": at, "message": f"said by {group}"}]
        client.put_log_events(logGroupName=group, logStreamName="s", logEvents=events)

    lines = logs._lines(Place("patchbay", "", {}, {}), {"A": "a", "B": "b", "NeverRan": "c"}, 0)

    assert [(line["function"], line["text"]) for line in lines] == [("B", "said by b"), ("A", "said by a")]


def test_pages_are_published_after_what_they_name(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    files = {
        key: WebFile(key, b"x", "text/html; charset=utf-8", "PageHeaders")
        for key in ("desk.html", "assets/r1/desk/desk.js", "widget.js")
    }
    monkeypatch.setattr(publish, "web_files", lambda: files)
    s3 = boto3.client("s3", REGION)
    s3.create_bucket(Bucket="web", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.meta.events.register("before-call.s3.PutObject", lambda params, **_: order.append(params["url_path"]))

    count = publish.publish(s3, "web")

    assert count == 3
    assert order[0].endswith("/assets/r1/desk/desk.js")
    assert s3.head_object(Bucket="web", Key="desk.html")["ContentType"] == "text/html; charset=utf-8"


def test_an_older_release_stays_for_open_pages(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    s3 = boto3.client("s3", REGION)
    s3.create_bucket(Bucket="web", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="web", Key="assets/r0/desk/desk.js", Body=b"old")
    monkeypatch.setattr(publish, "web_files", dict)

    publish.publish(s3, "web")

    assert s3.get_object(Bucket="web", Key="assets/r0/desk/desk.js")["Body"].read() == b"old"
