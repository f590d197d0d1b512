"""Names in log lines: what the doors, the router and the recorder write, AWS gives back (moto)."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from shared.adapters import clients
from shared.adapters.clients import client
from shared.adapters.journal import CONSUMERS, DOORS
from shared.domain.channel.named import Named
from shared.domain.errors import TryAgain
from shared.edge.observability import EmfMeter
from shared.edge.wiring import Ports
from tests.support.template import FUNCTIONS, variables

NOW = datetime.now(UTC)  # moto, as AWS, takes no line that is old
MINUTE = NOW.replace(second=0, microsecond=0)
HOUR = timedelta(hours=1)
SMS, CHAT = "centre-Sms-1ABC-WebhookLog-2DEF", "centre-ChatSocketLog-3GHI"
ROUTER, RECORDER = "centre-RouterLog-4JKL", "centre-DeliveryRecorderLog-5MNO"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ports]:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Patchbay/centre")
    clients.reset()
    with mock_aws():
        yield Ports()
    clients.reset()


def written(capsys: pytest.CaptureFixture[str], group: str, at: datetime = NOW) -> None:
    """What was printed since the last time, as lines of this log."""
    logs = client("logs")
    if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
        logs.create_log_group(logGroupName=group)
        logs.create_log_stream(logGroupName=group, logStreamName="one")
    stamp = int(at.timestamp() * 1000)
    lines = [{"timestamp": stamp, "message": line} for line in capsys.readouterr().out.splitlines()]
    logs.put_log_events(logGroupName=group, logStreamName="one", logEvents=lines)


def names(found: Any) -> set[tuple[str, str]]:
    return {(one.channel, one.name) for one in found}


def test_what_the_doors_counted_comes_back_by_name(aws: Ports, capsys: pytest.CaptureFixture[str]) -> None:
    EmfMeter().count("Accepted", 2, ["AAAA", "BBBB"], channel="sms")
    EmfMeter().count("Parked")
    sys.stdout.write("START RequestId: 1\n")
    written(capsys, SMS)
    EmfMeter().count("Accepted", 1, ["CCCC"], channel="chat")
    written(capsys, CHAT)

    found = list(aws.journal.accepted(NOW - HOUR, NOW + HOUR))

    assert names(found) == {("sms", "AAAA"), ("sms", "BBBB"), ("chat", "CCCC")}
    assert abs(found[0].at - NOW) < timedelta(seconds=1)


def test_what_got_its_outcome_comes_back_with_the_minute_of_its_acceptance(
    aws: Ports, capsys: pytest.CaptureFixture[str]
) -> None:
    EmfMeter().settled("sms", MINUTE - HOUR, ["AAAA"])
    written(capsys, ROUTER)
    EmfMeter().settled("sms", MINUTE, ["BBBB", "CCCC"])
    written(capsys, RECORDER)

    found = set(aws.journal.settled(NOW - HOUR, NOW + HOUR))

    assert found == {
        Named("sms", "AAAA", MINUTE - HOUR),
        Named("sms", "BBBB", MINUTE),
        Named("sms", "CCCC", MINUTE),
    }


def test_lines_outside_the_span_are_left_out(aws: Ports, capsys: pytest.CaptureFixture[str]) -> None:
    EmfMeter().count("Accepted", 1, ["AAAA"], channel="sms")
    written(capsys, SMS, NOW - HOUR)

    assert list(aws.journal.accepted(NOW - HOUR / 2, NOW)) == []
    assert list(aws.journal.accepted(NOW - 2 * HOUR, NOW - HOUR)) == []


def test_another_centre_whose_name_begins_with_ours_is_not_read(
    aws: Ports, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Patchbay/centre-two")
    EmfMeter().count("Accepted", 1, ["AAAA"], channel="sms")
    written(capsys, "centre-two-Sms-1ABC-WebhookLog-2DEF")
    EmfMeter().settled("sms", MINUTE, ["AAAA"])
    written(capsys, "centre-two-RouterLog-4JKL")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Patchbay/centre")

    assert list(aws.journal.accepted(NOW - HOUR, NOW + HOUR)) == []
    assert list(aws.journal.settled(NOW - HOUR, NOW + HOUR)) == []


def test_a_log_that_does_not_answer_is_to_be_asked_again(aws: Ports) -> None:
    def silent(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="logs")

    client("logs").meta.events.register_first("before-send", silent)

    with pytest.raises(TryAgain):
        list(aws.journal.accepted(NOW - HOUR, NOW))


def test_every_door_and_every_consumer_of_its_queues_writes_where_names_are_looked_for() -> None:
    """By the logical names of the logs: CloudFormation puts the stack's name before, some letters behind."""
    groups = {
        name: function["Properties"]["LoggingConfig"]["LogGroup"] for name, function in FUNCTIONS.items()
    }
    doors = {name for name in FUNCTIONS if "DELIVERY_QUEUE_URL" in variables(FUNCTIONS[name])} - {
        "Reconciler",
        "AdminApi",
    }

    assert doors
    for name in doors:
        assert matches(DOORS, groups[name]), name
    for name in ("Router", "DeliveryRecorder"):
        assert matches(CONSUMERS, groups[name]), name


def matches(pattern: str, group: dict[str, str]) -> bool:
    """On AWS, and where it is embedded."""
    names = (f"centre-{group['Ref']}-1ABC", f"/aws/cloudformation/centre/{group['Ref']}")
    return all(re.fullmatch(pattern.format(stack="centre"), name) for name in names)
