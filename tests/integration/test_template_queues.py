"""House rules of the template: queues, sources and streams."""

import json

from tests.support.template import (
    FUNCTIONS,
    PARKING,
    QUEUES,
    SOURCES,
    events,
    named,
    properties,
    resources,
)

FORTNIGHT = 14 * 24 * 3600  # the longest: on a standard queue the days before count for the dead letters too


def test_every_queue_has_dead_letters_of_its_own_kind() -> None:
    for name, queue in QUEUES.items():
        if name.endswith("Dead") or name in PARKING:
            continue

        redrive = queue["Properties"]["RedrivePolicy"]

        assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [f"{name}Dead", "Arn"]}
        dead = properties(f"{name}Dead")
        assert dead.get("FifoQueue") == queue["Properties"].get("FifoQueue"), name
        assert queue["Properties"]["MessageRetentionPeriod"] == dead["MessageRetentionPeriod"] == FORTNIGHT
        assert QUEUES[f"{name}Dead"].get("Condition") == queue.get("Condition")


def test_every_queue_with_dead_or_parked_messages_raises_an_alarm() -> None:
    watched = {
        name for one in resources("AWS::CloudWatch::Alarm").values() for name in named(one["Properties"])
    }

    assert watched >= {name for name in QUEUES if name.endswith("Dead")} | PARKING


def test_every_rule_target_has_dead_letters_and_may_deliver_to_both() -> None:
    allowed = {
        name: {one for statement in policy["Properties"]["PolicyDocument"]["Statement"]
               for one in named([statement["Resource"], statement["Condition"]])}
        for name, policy in resources("AWS::SQS::QueuePolicy").items()
    }  # fmt: skip

    for rule, one in resources("AWS::Events::Rule").items():
        for target in one["Properties"]["Targets"]:
            wanted = {rule, *named(target["Arn"]), *named(target["DeadLetterConfig"]["Arn"])}
            assert len(wanted) == 3
            assert any(wanted <= policy for policy in allowed.values()), rule


def test_every_schedule_has_dead_letters() -> None:
    for name, function in FUNCTIONS.items():
        for event in events(function):
            if event["Type"].startswith("Schedule"):
                assert event["Type"] == "ScheduleV2"
                assert event["Properties"]["DeadLetterConfig"], name
                assert function["Properties"]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"], name


def test_fifo_queues_order_by_group_alone() -> None:
    for name, queue in QUEUES.items():
        if queue["Properties"].get("FifoQueue") and not name.endswith("Dead"):
            assert queue["Properties"]["DeduplicationScope"] == "messageGroup"
            assert queue["Properties"]["FifoThroughputLimit"] == "perMessageGroupId"


def test_every_source_answers_record_by_record() -> None:
    for name, source in SOURCES.items():
        assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name


def test_only_queue_fed_functions_have_a_concurrency_limit_and_doors_have_none() -> None:
    for name, source in SOURCES.items():
        queue = next(named(source["Properties"]["EventSourceArn"]))
        assert ("ScalingConfig" in source["Properties"]) == (queue in QUEUES), name
    assert not [n for n, one in FUNCTIONS.items() if "ReservedConcurrentExecutions" in one["Properties"]]


def test_exactly_two_readers_of_the_stream_and_both_see_entries_only() -> None:
    readers = {n: s["Properties"] for n, s in SOURCES.items() if "Table" in named(s["Properties"])}

    assert sorted(readers) == ["DeskNotifierSource", "EventPublisherSource"]
    for reader in readers.values():
        patterns = [json.loads(one["Pattern"]) for one in reader["FilterCriteria"]["Filters"]]
        assert [pattern["eventName"] for pattern in patterns[:2]] == [["INSERT"], ["MODIFY"]]
        for pattern in patterns:
            assert pattern["dynamodb"]["Keys"] == {"sk": {"S": [{"prefix": "ENTRY#"}]}}


def test_of_the_delivery_states_the_publisher_hears_failures_and_the_desk_all_but_claims() -> None:
    heard = {
        name: json.loads(properties(name)["FilterCriteria"]["Filters"][1]["Pattern"])["dynamodb"]["NewImage"]
        for name in ("EventPublisherSource", "DeskNotifierSource")
    }

    assert heard["EventPublisherSource"] == {"delivery": {"S": ["failed"]}}
    assert heard["DeskNotifierSource"] == {"delivery": {"S": [{"anything-but": ["sending"]}]}}


def test_of_what_a_customer_wrote_the_desk_hears_what_became_of_the_files() -> None:
    filters = {
        name: properties(name)["FilterCriteria"]["Filters"][2:]
        for name in ("EventPublisherSource", "DeskNotifierSource")
    }

    left, recorded = filters["EventPublisherSource"]
    assert json.loads(left["Pattern"])["dynamodb"]["OldImage"] == {"delivery": {"S": ["held"]}}
    (heard,) = filters["DeskNotifierSource"]
    pattern = json.loads(heard["Pattern"])
    assert pattern["eventName"] == ["MODIFY"]
    assert pattern["dynamodb"]["NewImage"] == {"kind": {"S": ["message_received", "call_recorded"]}}
    assert json.loads(recorded["Pattern"]) == pattern


def test_the_publisher_begins_at_the_beginning_and_retries_almost_as_long_as_the_stream_remembers() -> None:
    publisher = properties("EventPublisherSource")

    assert publisher["StartingPosition"] == "TRIM_HORIZON"
    assert publisher["MaximumRecordAgeInSeconds"] == 23 * 3600
    assert publisher["DestinationConfig"]["OnFailure"]["Destination"]
