"""Figures, witnesses, census and files against moto: what the twins promise, the real requests keep."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from moto import mock_aws

from infra.local.stepper.one_request import one_request_at_a_time
from infra.twins.clock import FakeClock
from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from shared.adapters import clients
from shared.adapters.clients import client
from shared.domain.address.way import Way
from shared.domain.change import Put
from shared.domain.channel.receipt import Mark, Outcome
from shared.domain.report.count_fact import NOT_COUNTED
from shared.domain.report.figures import Folded
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.edge.wiring import Ports
from shared.use_cases.report.announce_uncounted import AnnounceUncounted
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.report.export_reports import ExportReports
from shared.use_cases.report.merge_raw import MergeRaw
from shared.use_cases.report.read_ledger import ReadLedger
from shared.use_cases.report.sum_shards import figures_of, tallies_of
from tests.support.facts import LEAST, a_fact

NOW = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)
HOUR_AGO = NOW - timedelta(hours=1)
QUEUES = ("INBOUND", "INBOUND_DEAD", "DELIVERY", "DELIVERY_DEAD")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ports]:
    clients.reset()
    with mock_aws():
        for name in QUEUES:
            made = client("sqs").create_queue(QueueName=name)
            monkeypatch.setenv(f"{name}_QUEUE_URL", made["QueueUrl"])
        client("s3").create_bucket(
            Bucket="files", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
        )
        client("events").create_event_bus(Name="bus")
        client("dynamodb").create_table(
            TableName="patchbay",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
        )
        monkeypatch.setenv("TABLE_NAME", "patchbay")
        monkeypatch.setenv("FILES_BUCKET", "files")
        monkeypatch.setenv("BUS_NAME", "bus")
        yield Ports(clock=FakeClock(NOW), settings=FixedSettings())
    clients.reset()


def accepted(number: int, at: datetime, namespace: str = "Patchbay", **dimensions: str) -> None:
    told = [{"Name": name, "Value": value} for name, value in dimensions.items()]
    datum = {"MetricName": "Accepted", "Dimensions": told, "Timestamp": at, "Value": number, "Unit": "Count"}
    client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[datum])


def test_the_table_counts_like_its_twin(aws: Ports) -> None:
    counted = [name for name in LEAST if name not in NOT_COUNTED]
    facts = [a_fact(name, seq=i) for i, name in enumerate(counted)]
    twin = MemoryStore()
    CountFacts(twin, aws.files, aws.settings)(facts)

    first = CountFacts(aws.store, aws.files, aws.settings)(facts[:12])
    again = CountFacts(aws.store, aws.files, aws.settings)(facts)

    assert (first.counted, again.counted) == (12, len(facts) - 12)
    assert figures_of(aws.store, "2026-03-02") == figures_of(twin, "2026-03-02")
    assert tallies_of(aws.store, "2026-03-02") == tallies_of(twin, "2026-03-02")


def test_a_transaction_of_a_hundred_actions_passes(aws: Ports) -> None:
    facts = [a_fact("MessageReceived", seq=n) for n in range(1, 99)]

    done = CountFacts(aws.store, aws.files, aws.settings)(facts)

    assert done.counted == 98
    assert figures_of(aws.store, "2026-03-02")[0].messages_received == 98


def test_the_doors_count_is_summed_per_channel_over_the_centres_day(aws: Ports) -> None:
    accepted(2, NOW, channel="sms", service="sms_webhook")
    accepted(3, NOW, channel="sms", service="patchbay")
    accepted(4, NOW, channel="chat", service="chat_socket")
    accepted(9, NOW - timedelta(days=1), channel="sms", service="sms_webhook")

    begin = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)

    assert aws.witness.accepted(begin, begin + timedelta(days=1)) == {"sms": 5, "chat": 4}


def test_another_centre_in_the_same_account_is_not_counted(aws: Ports) -> None:
    accepted(2, NOW, channel="sms", service="sms_webhook")
    # of another service: moto adds up equal dimensions across namespaces, CloudWatch does not
    accepted(7, NOW, namespace="Patchbay/other", channel="sms", service="sms_webhook_2")

    begin = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)

    assert aws.witness.accepted(begin, begin + timedelta(days=1)) == {"sms": 2}


def test_what_waits_is_the_sum_of_the_doors_queues_and_their_dead_letters(aws: Ports) -> None:
    for name in QUEUES:
        url = client("sqs").get_queue_url(QueueName=name)["QueueUrl"]
        client("sqs").send_message(QueueUrl=url, MessageBody="{}")
    client("sqs").receive_message(QueueUrl=client("sqs").get_queue_url(QueueName="INBOUND")["QueueUrl"])

    assert aws.witness.waiting() == 4


def test_a_ledger_is_read_from_the_three_services(aws: Ports) -> None:
    accepted(2, NOW, channel="sms", service="sms_webhook")
    CountFacts(aws.store, aws.files, aws.settings)([a_fact("MessageReceived")])
    mark = Mark("2026-03-02", "sms", Outcome.IGNORED, "a1", "e1", "ping", NOW, NOW + timedelta(days=40))
    aws.store.commit(Put(mark))

    ledger = ReadLedger(aws.store, aws.witness, aws.settings)(DAY)

    assert ledger.adds_up
    assert [(line.channel, line.handled, line.ignored) for line in ledger.lines] == [("sms", 1, 1)]


def test_the_census_finds_the_entries_of_the_span_and_nothing_else(aws: Ports) -> None:
    for seq, age in ((1, 0), (2, 60), (3, 3 * 24 * 60)):
        at = NOW - timedelta(minutes=age)
        aws.store.commit(
            Put(Entry("c1", seq, f"e{seq}", at, Kind.OPTED_IN, Audience.STAFF, "customer", Way("sms")))
        )
    aws.store.commit(Put(Folded("c1", 9, "OptedIn", NOW)))

    done = AnnounceUncounted(aws.store, aws.census, aws.outbox, aws.settings, aws.clock)("night")

    assert (done.facts, done.announced, done.finished) == (1, 1, True)


def test_the_pages_of_all_parts_are_every_entry_once(aws: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(60):
        entry = Entry(f"c{n % 9}", n, f"e{n}", NOW, Kind.OPTED_IN, Audience.STAFF, "customer", Way("sms"))
        aws.store.commit(Put(entry))
    scan = client("dynamodb").scan
    monkeypatch.setattr(client("dynamodb"), "scan", lambda **asked: scan(**asked, Limit=7))

    found: list[str] = []
    for part in range(4):
        after, more = "", True
        while more:
            page = aws.census.page(NOW, NOW, part, 4, after)
            found += [entry.id for entry in page.entries]
            after, more = page.after, bool(page.after)

    assert sorted(found) == sorted(f"e{n}" for n in range(60))


def test_a_check_in_threads_finds_what_its_twin_finds(aws: Ports) -> None:
    for n in range(200):
        entry = Entry(f"c{n}", 1, f"e{n}", HOUR_AGO, Kind.OPTED_IN, Audience.STAFF, "customer", Way("sms"))
        aws.store.commit(Put(entry))

    check = AnnounceUncounted(aws.store, aws.census, aws.outbox, aws.settings, aws.clock)
    with one_request_at_a_time():
        begun = check("night", lambda: True)
        done = check("night")

    assert (begun.facts, begun.left) == (0, begun.parts)
    assert (done.facts, done.announced, done.left) == (200, 200, 0)
    assert check("night") == done


def test_files_come_many_at_once_in_the_order_asked_and_are_removed_together(aws: Ports) -> None:
    keys = [f"raw/day=2026-03-02/{n:04}" for n in range(1100)]
    for key in keys:
        client("s3").put_object(Bucket="files", Key=key, Body=key.encode())

    found = list(aws.files.each(["raw/none", *keys]))
    aws.files.remove(["raw/none", *keys])

    assert found == [("raw/none", None), *((key, key.encode()) for key in keys)]
    assert aws.files.names("raw/") == ()


def test_a_merged_hour_is_read_from_the_bucket(aws: Ports) -> None:
    for seq in range(40):
        CountFacts(aws.store, aws.files, aws.settings)([a_fact("MessageReceived", seq=seq)])

    merged = MergeRaw(aws.files, aws.settings, aws.clock)()
    ExportReports(aws.store, aws.files, aws.tables, aws.settings)(DAY)

    assert (merged.files, merged.into, len(aws.files.names("raw/"))) == (40, 1, 1)
    assert len((aws.files.get("reports/day=2026-03-02/events.csv") or b"").splitlines()) == 41


def test_report_files_lie_in_the_bucket_with_their_types(aws: Ports) -> None:
    CountFacts(aws.store, aws.files, aws.settings)([a_fact("MessageReceived")])

    keys = ExportReports(aws.store, aws.files, aws.tables, aws.settings)(DAY)

    assert set(aws.files.sizes("reports/")) == set(keys)
    head: Any = client("s3").head_object(Bucket="files", Key="reports/day=2026-03-02/figures.csv")
    assert head["ContentType"] == "text/csv; charset=utf-8"
    assert aws.files.uri(keys[0]) == "s3://files/reports/day=2026-03-02/figures.csv"
    assert b"s3://files/reports/day=2026-03-02/figures.csv" in (
        aws.files.get("reports/figures.manifest.json") or b""
    )
