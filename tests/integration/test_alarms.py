"""What can go wrong has an alarm, or a written reason for none; each alarm has its place in the runbook."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.metrics import metrics_of
from infra.local.template import ROOT
from shared.edge.observability import EmfMeter
from tests.support.template import CENTRE, FUNCTIONS, PARKING, QUEUES, SOURCES, named, resources

# What our functions count.
COUNTED = {
    "Accepted": "none: the ledger's first witness; doors that take nothing show as 4xx and 5xx",
    "AnnouncedAgain": "AnnouncedAgainAlarm",
    "GivenUp": "GivenUpAlarm",
    "LedgerDifference": "LedgerAlarm",
    "LeftBehind": "LeftBehindAlarm",
    "NobodyFits": "NobodyFitsAlarm",
    "NoticesNotUnderstood": "none: it comes again until the dead notices have it, which raise an alarm",
    "NoticesRefused": "NoticesRefusedAlarm",
    "Parked": "ParkedAlarm",
    "Recovered": "RecoveredAlarm",
}
# The age of a queue's oldest message.
AGES = {
    "Inbound": "InboundAgeAlarm",
    "Delivery": "DeliveryAgeAlarm",
    "Routing": "RoutingAgeAlarm",
    "Timers": "TimersAgeAlarm",
    "Media": "MediaAgeAlarm",
    "Surveys": "SurveysAgeAlarm",
    "Finding": "FindingAgeAlarm",
    "Reports": "ReportsAgeAlarm",
    "Texts": "none: nothing is lost by waiting; what fails raises FunctionsFailAlarm, then TextsDeadAlarm",
    "ChatOutbound": "ChatOutboundAgeAlarm",
    "SmsOutbound": "SmsOutboundAgeAlarm",
    "EmailOutbound": "EmailOutboundAgeAlarm",
    "VoiceOutbound": "VoiceOutboundAgeAlarm",
    "EmailNotices": "EmailNoticesAgeAlarm",
    "LetterOutbound": "LetterOutboundAgeAlarm",
    "LetterNotices": "LetterNoticesAgeAlarm",
    "Unannounced": "none: nobody reads it, so that any message in it raises UnannouncedAlarm",
}
# Whoever reads the table's stream.
READERS = {"EventPublisher": "PublisherBehindAlarm", "DeskNotifier": "NotifierBehindAlarm"}
# What AWS counts for us: where, which, of what (a resource, or the dimension; None is all of the region).
SERVICES = {
    ("AWS/Lambda", "Errors", None): "FunctionsFailAlarm",
    ("AWS/Lambda", "Throttles", None): "FunctionsThrottledAlarm",
    ("AWS/ApiGateway", "4xx", "Doors"): "DoorsRefuseAlarm",
    ("AWS/ApiGateway", "5xx", "Doors"): "DoorsFailAlarm",
    ("AWS/ApiGateway", "5XXError", "ApiName"): "StaffApiFailAlarm",
    ("AWS/ApiGateway", "4XXError", "ApiName"): "none: a person sees the refusal and can try again",
    ("AWS/SES", "Reputation.BounceRate", None): "EmailBouncesAlarm",
    ("AWS/SES", "Reputation.ComplaintRate", None): "EmailComplaintsAlarm",
    ("AWS/DynamoDB", "ReadThrottleEvents", "Table"): "TableReadsThrottledAlarm",
    ("AWS/DynamoDB", "WriteThrottleEvents", "Table"): "TableWritesThrottledAlarm",
}

ALARMS = resources("AWS::CloudWatch::Alarm")
LINK = re.compile(r"docs/runbook\.md#([a-z-]+)$")
Metric = tuple[str, str, str | None]


def metric(told: dict[str, Any]) -> Metric:
    dimensions = told.get("Dimensions", [])
    of = next(named(dimensions), dimensions[0]["Name"] if dimensions else None)
    return str(told["Namespace"]), told["MetricName"], of


WATCHED = {name: metric(alarm["Properties"]) for name, alarm in ALARMS.items()}


def assert_watched(told: str, wanted: Metric) -> None:
    if told.startswith("none: "):
        assert not [name for name, one in WATCHED.items() if one == wanted], wanted
    else:
        assert WATCHED.get(told) == wanted, f"{told} does not look at {wanted}"


def counts() -> Iterator[tuple[str, str]]:
    """Every name that is counted, and where."""
    for part in ("functions", "shared"):
        for path in (ROOT / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                match node:
                    case ast.Call(func=ast.Attribute(attr="count", value=meter), args=[name, *_]) if (
                        ast.unparse(meter).endswith("meter")
                    ):
                        yield ast.literal_eval(name), str(path.relative_to(ROOT))


def test_whatever_is_counted_has_an_alarm_or_a_reason_for_none() -> None:
    assert {name for name, _ in counts()} == set(COUNTED)


@pytest.mark.parametrize("name", [one for one, told in COUNTED.items() if not told.startswith("none: ")])
def test_an_alarm_asks_for_the_very_figure_that_is_written(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "router")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Patchbay/${AWS::StackName}")

    EmfMeter().count(name)

    ((namespace, datum),) = metrics_of(capsys.readouterr().out)
    asked = ALARMS[COUNTED[name]]["Properties"]
    assert asked["Namespace"] == {"Fn::Sub": namespace}
    assert (asked["MetricName"], asked["Dimensions"]) == (name, datum["Dimensions"])


def test_every_count_of_a_name_has_the_same_dimensions() -> None:
    """An alarm sees one set of dimensions: a count with more would be another metric."""
    for part in ("functions", "shared"):
        for path in (ROOT / part).rglob("*.py"):
            for name in re.findall(r'meter\.count\("(\w+)"[^)]*=', path.read_text()):
                assert COUNTED[name].startswith("none: "), f"{name} in {path}"


def test_every_queue_says_when_its_oldest_message_waits_too_long() -> None:
    assert {name for name in QUEUES if not name.endswith("Dead")} == set(AGES)
    for queue, told in AGES.items():
        assert_watched(told, ("AWS/SQS", "ApproximateAgeOfOldestMessage", queue))


def test_every_queue_of_dead_or_parked_messages_says_that_there_are_some() -> None:
    for queue in {name for name in QUEUES if name.endswith("Dead")} | PARKING:
        assert_watched(f"{queue}Alarm", ("AWS/SQS", "ApproximateNumberOfMessagesVisible", queue))


def test_every_reader_of_the_stream_says_when_it_is_behind() -> None:
    sources = [one["Properties"] for one in SOURCES.values()]
    readers = {next(named(one["FunctionName"])) for one in sources if "Table" in named(one["EventSourceArn"])}

    assert readers == set(READERS)
    for reader, told in READERS.items():
        assert_watched(told, ("AWS/Lambda", "IteratorAge", reader))


def test_a_reader_that_drops_old_records_is_told_of_before() -> None:
    for name, source in SOURCES.items():
        reader = next(named(source["Properties"]["FunctionName"]))
        if reader in READERS:
            threshold = ALARMS[READERS[reader]]["Properties"]["Threshold"]
            assert threshold < 1000 * source["Properties"]["MaximumRecordAgeInSeconds"], name


def test_a_timer_that_waits_for_its_time_is_not_late() -> None:
    assert ALARMS["TimersAgeAlarm"]["Properties"]["Threshold"] > 900, "SQS delays up to 15 minutes"


def test_every_function_that_fails_or_finds_no_room_is_told_of() -> None:
    """One metric holds them all, whatever their number: so no function can be forgotten."""
    assert FUNCTIONS
    for asked, told in SERVICES.items():
        assert_watched(told, asked)


def test_bounces_and_complaints_are_told_of_before_ses_looks_at_the_account() -> None:
    for name, looks_at in (("EmailBouncesAlarm", 0.05), ("EmailComplaintsAlarm", 0.001)):
        alarm = ALARMS[name]
        assert alarm["Condition"] == "EmailOn"
        assert 0 < alarm["Properties"]["Threshold"] < looks_at, name


def test_a_reconciler_that_is_silent_is_told_of() -> None:
    ledger = ALARMS["LedgerAlarm"]["Properties"]

    assert ledger["TreatMissingData"] == "missing"
    assert ledger["InsufficientDataActions"] == ledger["AlarmActions"]


def test_every_alarm_is_named_in_a_table_and_the_tables_name_no_other() -> None:
    told = {*COUNTED.values(), *AGES.values(), *READERS.values(), *SERVICES.values()}
    dead = {f"{queue}Alarm" for queue in QUEUES if queue.endswith("Dead") or queue in PARKING}

    assert {one for one in told if not one.startswith("none: ")} | dead == set(ALARMS)


def test_every_alarm_tells_somebody_and_within_a_day_by_whole_periods() -> None:
    for name, alarm in ALARMS.items():
        said = alarm["Properties"]
        assert said["AlarmActions"] == [{"Ref": "Alarms"}], name
        assert said["Period"] % 60 == 0 and said["Period"] * said["EvaluationPeriods"] <= 86_400, name


def test_every_alarm_looks_at_one_metric_without_arithmetic() -> None:
    """Each metric costs the same with or without it, and the embedded AWS does not know it."""
    assert not [name for name, alarm in ALARMS.items() if "Metrics" in alarm["Properties"]]


def anchor(alarm: dict[str, Any]) -> str:
    said = alarm["Properties"]["AlarmDescription"]
    found = LINK.search(said["Fn::Sub"] if isinstance(said, dict) else said)
    assert found, said
    return found[1]


def test_every_alarm_has_its_place_in_the_runbook_and_every_place_an_alarm() -> None:
    page = (ROOT / "docs" / "runbook.md").read_text()
    places = re.findall(r'<a id="([a-z-]+)"></a>', page)

    assert len(places) == len(set(places))
    assert {anchor(one) for one in ALARMS.values()} == set(places)


def test_every_place_in_the_runbook_says_what_to_do() -> None:
    page = (ROOT / "docs" / "runbook.md").read_text()
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| <a id=")]

    assert len(rows) == page.count("<a id=")
    for row in rows:
        assert len(row) == 5 and all(len(cell) > 10 for cell in row), row[0]


def test_the_readme_leads_to_the_runbook() -> None:
    assert "(docs/runbook.md)" in (ROOT / "README.md").read_text()


def test_figures_are_written_whatever_the_log_level_is() -> None:
    """The figures are lines of the log: the ledger would never add up if Lambda threw them away."""
    usual = CENTRE["Globals"]["Function"]
    given = [one["Properties"].get("LoggingConfig", {}) for one in FUNCTIONS.values()]

    assert usual["LoggingConfig"]["ApplicationLogLevel"] == "INFO"
    assert not [one for one in given if "ApplicationLogLevel" in one]
    assert usual["Environment"]["Variables"]["POWERTOOLS_LOG_LEVEL"] == {"Ref": "LogLevel"}
    # below INFO, Lambda would throw our own lines away; and botocore's hold what customers write
    assert CENTRE["Parameters"]["LogLevel"]["AllowedValues"] == ["INFO", "WARN", "ERROR"]
