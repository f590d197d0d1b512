"""What work is billed, counted over the deployed functions: the same code always counts the same."""

import pytest

from infra.cost.idle import idle_month, kept
from infra.cost.loads import Load, load, measured, merged_file
from infra.cost.prices import NAMES, PRICES
from infra.cost.tables import LIMITS, month, per_thousand, units
from infra.cost.units import cost, item_size
from shared.domain.channel.receipt import Tally
from tests.support.template import resources


@pytest.fixture(scope="module")
def loads() -> dict[str, Load]:
    return measured()


@pytest.mark.parametrize("kind", LIMITS)
def test_a_thousand_stay_within_their_limit(kind: str, loads: dict[str, Load]) -> None:
    together, alone = LIMITS[kind]

    assert 1000 * cost(loads[kind].together) <= together
    assert 1000 * cost(loads[kind].alone) <= alone


def test_full_batches_cost_less_than_one_at_a_time(loads: dict[str, Load]) -> None:
    for each in loads.values():
        assert cost(each.together) < cost(each.alone)


def test_an_inbound_message_is_one_request_one_event_one_frame_and_three_items(
    loads: dict[str, Load],
) -> None:
    billed = loads["inbound message"].alone

    assert (billed["http_api"], billed["events"], billed["websocket"]) == (1, 1, 1)
    assert billed["sqs_fifo"] == 3  # sent, received, deleted
    # receipt, entry and head; marker, figure and tally: each twice, being transactions
    assert billed["dynamodb_writes"] == 12


def test_a_picture_is_one_file_one_write_one_message_and_one_frame_more(loads: dict[str, Load]) -> None:
    picture, words = loads["picture by MMS"].alone, loads["inbound message"].alone
    more = {unit: picture[unit] - words[unit] for unit in picture}

    assert (more["s3_puts"], more["dynamodb_writes"], more["websocket"]) == (1, 1, 1)
    assert more["sqs_standard"] == 3  # sent, received, deleted
    assert more["sqs_fifo"] == more["events"] == more["http_api"] == 0


def test_a_state_that_says_nothing_new_is_no_frame_and_never_an_event(loads: dict[str, Load]) -> None:
    billed = loads["delivery state"].alone

    assert billed["websocket"] == 0.5  # "sent" repeats what the provider's answer said
    assert billed["events"] == 0


def test_a_raw_file_is_merged_with_one_read() -> None:
    billed = merged_file()

    assert billed["s3_gets"] == 1
    assert 0 < billed["s3_puts"] < 0.15  # one file for all of the hour
    assert 1000 * cost(billed) < 0.0015


def test_counting_twice_counts_the_same(loads: dict[str, Load]) -> None:
    assert load("delivery state") == loads["delivery state"]


def test_an_items_size_is_that_of_its_names_and_values() -> None:
    stored = {
        "pk": "LEDGER#2026-03-02",
        "sk": "sms#TALLY",
        "type": "Tally",
        "day": "2026-03-02",
        "channel": "sms",
    }
    texts = sum(len(name) + len(value) for name, value in stored.items())

    assert item_size(Tally("2026-03-02", "sms", handled=12)) == texts + len("handled") + 2 + len("v") + 2


def test_a_month_without_anybody_costs_little_and_says_what_for() -> None:
    lines = idle_month()

    assert sum(lines.values()) <= 12
    assert {next(iter(lines)), list(lines)[1]} == {"alarms", "SQS receives of empty queues"}


@pytest.mark.parametrize("block", ["Sms", "Letter", "Chat", "Voice"])
def test_a_further_channel_costs_little_whatever_its_door_is(block: str) -> None:
    """Letter is the other kind of door: two queues, and no secret."""
    theirs = {name: one for name, one in resources().items() if name.startswith(block)}

    assert 0.5 < sum(kept(theirs).values()) <= 1


def test_a_channel_with_both_a_queue_of_notices_and_a_secret_costs_a_little_more() -> None:
    theirs = {name: one for name, one in resources().items() if name.startswith("Email")}

    assert sum(kept(theirs).values()) <= 1.6


def test_an_alarm_costs_as_many_metrics_as_it_looks_at() -> None:
    read = {"Id": "a", "MetricStat": {}}
    alarms = {
        "One": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "Errors"}},
        "Two": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {"Metrics": [{"Id": "s", "Expression": "a + b"}, read, read | {"Id": "b"}]},
        },
    }

    assert kept(alarms)["alarms"] == pytest.approx(0.30)


def test_every_unit_has_a_price_and_a_name_and_every_table_a_row_for_it(loads: dict[str, Load]) -> None:
    assert set(PRICES) == set(NAMES)
    assert all(kind in per_thousand(loads) for kind in loads)
    assert "DynamoDB writes" in units(loads)
    assert "**together**" in month({"a line": 1.0})
