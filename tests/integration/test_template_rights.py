"""House rules of the template: who may do what."""

import re

import pytest

from functions.channels import traits
from shared.adapters.table import LAYOUT
from shared.edge.settings import Environment, Variable
from tests.support.template import (
    APIS,
    FUNCTIONS,
    QUEUES,
    SOURCES,
    actions,
    as_list,
    events,
    granted,
    named,
    resources,
    statements,
    variables,
)


def test_no_function_may_do_everything_or_touch_everything() -> None:
    everywhere = {
        "dynamodb:ListStreams",
        "cloudwatch:GetMetricData",
        "cloudwatch:ListMetrics",
        "logs:DescribeLogGroups",
    }

    for name, function in FUNCTIONS.items():
        for statement in statements(function):
            assert not [action for action in actions(statement) if "*" in action], name
            if "*" in as_list(statement["Resource"]):
                assert set(actions(statement)) <= everywhere, name


def test_every_function_reaches_items_only_in_partitions_it_is_given() -> None:
    partitions = {re.sub(r"\{.*", "*", key.pk) for key in LAYOUT.values()}

    for name, function in FUNCTIONS.items():
        for statement in statements(function):
            if "Table" not in named(statement["Resource"]) or "GetRecords" in str(statement["Action"]):
                continue
            if actions(statement) == ["dynamodb:Scan"]:
                assert name == "Reconciler"  # its nightly check reads every entry
                continue
            assert not {"dynamodb:Scan", "dynamodb:BatchWriteItem"} & set(actions(statement)), name
            given = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            assert set(given) <= partitions, name


def test_whoever_places_or_tells_who_waits_reads_which_queues_are_closed() -> None:
    readers = {
        name
        for name, function in FUNCTIONS.items()
        for statement in statements(function)
        if "dynamodb:GetItem" in actions(statement) and "'QUEUES'" in str(statement.get("Condition"))
    }

    assert {"Router", "Timekeeper", "DeskApi", "SupervisorApi", "ChatSocket"} <= readers


def test_whoever_writes_by_keys_can_be_freed_of_them_in_transactions_and_there_alone() -> None:
    writes = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    policies = [one["Properties"] for one in resources("AWS::IAM::Policy").values()]
    freed = {role.removesuffix("Role") for one in policies for role in named(one["Roles"])}

    by_keys = {
        name
        for name, function in FUNCTIONS.items()
        for statement in statements(function)
        if writes & set(actions(statement)) and "LeadingKeys" in str(statement.get("Condition"))
    }

    assert freed - {"AWS::NoValue"} == by_keys
    for policy in policies:
        (statement,) = policy["PolicyDocument"]["Statement"]
        assert set(statement["Action"]) == writes
        assert list(named(statement["Resource"])) == ["Table"]
        (words,) = statement["Condition"].values()
        assert words == {"dynamodb:EnclosingOperation": "TransactWriteItems"}


def test_every_queue_a_function_is_told_of_is_one_it_may_use_and_no_other() -> None:
    for name, function in FUNCTIONS.items():
        asked = {key: value for key, value in variables(function).items() if key != "NOTICE_QUEUE_ARN"}
        told = {queue for value in asked.values() for queue in named(value) if queue in QUEUES}
        may = granted(function, "sqs:SendMessage", "sqs:GetQueueAttributes") & set(QUEUES)
        fed = granted(function, "sqs:ReceiveMessage")

        assert may - fed == told, name


def test_a_door_that_aws_feeds_knows_its_own_queue_and_its_source() -> None:
    for name in ("EmailReader", "LetterReader"):
        told = variables(FUNCTIONS[name])
        assert set(named(told["NOTICE_QUEUE_ARN"])) == granted(FUNCTIONS[name], "sqs:ReceiveMessage"), name
        assert told["NOTICE_SOURCES"]


def test_the_door_for_mails_alone_reads_their_bucket() -> None:
    readers = {
        name
        for name, function in FUNCTIONS.items()
        if "EmailBucket"
        in {one for statement in statements(function) for one in named(statement["Resource"])}
    }

    assert readers == {"EmailReader"}
    assert set(named(variables(FUNCTIONS["EmailReader"])["NOTICE_BUCKET"])) == {"EmailBucket"}


def test_whoever_sends_through_ses_may_do_so_in_the_name_of_one_domain() -> None:
    allowed = {
        name: [one["Resource"] for one in statements(function) if "ses:SendEmail" in actions(one)]
        for name, function in FUNCTIONS.items()
    }

    ((name, ((identity, applied),)),) = ((n, told) for n, told in allowed.items() if told)
    assert name == "EmailSender"
    assert str(identity["Fn::Sub"]).endswith(":identity/${MailDomain}")
    assert "configuration-set/${EmailSending}" in str(applied)


def test_every_queue_fed_function_may_take_from_its_own_queue_and_no_other() -> None:
    fed = {
        name: {
            queue
            for source in SOURCES.values()
            if next(named(source["Properties"]["FunctionName"])) == name
            for queue in named(source["Properties"]["EventSourceArn"])
            if queue in QUEUES
        }
        for name in FUNCTIONS
    }

    assert {name: granted(one, "sqs:ReceiveMessage") for name, one in FUNCTIONS.items()} == fed


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (
            "AWS::SecretsManager::Secret",
            ("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"),
        ),
        ("AWS::Events::EventBus", ("events:PutEvents",)),
    ],
)
def test_what_a_function_is_told_of_is_what_it_may_use(kind: str, wanted: tuple[str, ...]) -> None:
    for name, function in FUNCTIONS.items():
        by_name = {key: value for key, value in variables(function).items() if key != "FRONT_WORD"}
        told = set(named(by_name)) & set(resources(kind))

        assert granted(function, *wanted) - {"AWS::NoValue"} == told, name


def test_functions_are_told_only_what_the_settings_know() -> None:
    known = {name.upper() for name, one in vars(Environment).items() if isinstance(one, Variable)}
    known |= {"CHANNEL_SECRET_ID", "CHANNEL_API_URL"}
    known |= {f"{one.name.upper()}_{what}" for one in traits().all for what in ("SECRET_ID", "API_URL")}

    for name, function in FUNCTIONS.items():
        told = {one for one in variables(function) if not one.startswith("POWERTOOLS_")}
        assert told <= known, name


def test_nothing_sends_to_the_queue_it_is_fed_by() -> None:
    for name, function in FUNCTIONS.items():
        assert not granted(function, "sqs:SendMessage") & granted(function, "sqs:ReceiveMessage"), name


def test_only_the_session_routes_are_open() -> None:
    opened = {
        event["Properties"]["Path"]
        for one in APIS.values()
        for event in events(one)
        if event["Type"] == "Api" and event["Properties"].get("Auth", {}).get("Authorizer") == "NONE"
    }

    assert opened == {"/session", "/session/refresh"}
