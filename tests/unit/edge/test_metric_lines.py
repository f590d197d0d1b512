"""Metrics out of log lines, as CloudWatch makes them of the embedded metric format."""

import json
from datetime import UTC, datetime

import pytest
from aws_lambda_powertools import single_metric
from aws_lambda_powertools.metrics import MetricUnit

from infra.local.metrics import metrics_of
from shared.edge.observability import EmfMeter


def test_what_powertools_prints_is_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    with single_metric("Accepted", MetricUnit.Count, 2, namespace="Patchbay") as metric:
        metric.add_dimension("channel", "sms")
    line = capsys.readouterr().out

    ((namespace, datum),) = metrics_of(line)

    assert namespace == "Patchbay"
    assert (datum["MetricName"], datum["Values"], datum["Unit"]) == ("Accepted", [2.0], "Count")
    assert {"Name": "channel", "Value": "sms"} in datum["Dimensions"]


def test_a_count_goes_to_the_namespace_of_its_stack(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Patchbay/centre-two")

    EmfMeter().count("Accepted", 3, channel="sms")

    ((namespace, datum),) = metrics_of(capsys.readouterr().out)
    assert (namespace, datum["Values"]) == ("Patchbay/centre-two", [3.0])


def test_the_time_is_that_of_the_line() -> None:
    line = a_line(timestamp=1_795_378_967_569)

    ((_, datum),) = metrics_of(line)

    assert datum["Timestamp"] == datetime(2026, 11, 22, 20, 22, 47, 569_000, UTC)


def test_each_set_of_dimensions_is_a_metric_of_its_own() -> None:
    line = a_line(dimensions=[["channel"], []])

    found = [datum["Dimensions"] for _, datum in metrics_of(line)]

    assert found == [[{"Name": "channel", "Value": "sms"}], []]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "START RequestId: 1",
        '{"level":"INFO"}',
        '{"_aws"',
        '"_aws"',
        '["_aws"]',
        '{"_aws": 1}',
        '{"_aws": {}}',
    ],
)
def test_other_lines_carry_no_metric(line: str) -> None:
    assert list(metrics_of(line)) == []


def a_line(timestamp: int = 1_700_000_000_000, dimensions: list[list[str]] | None = None) -> str:
    directive = {
        "Namespace": "Patchbay",
        "Dimensions": [["channel"]] if dimensions is None else dimensions,
        "Metrics": [{"Name": "Accepted", "Unit": "Count"}],
    }
    told = {"Timestamp": timestamp, "CloudWatchMetrics": [directive]}
    return json.dumps({"_aws": told, "channel": "sms", "Accepted": [1.0]})
