"""The template itself: what cfn-lint says, and the house rules that it cannot know."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions import channels
from infra.local.health import handlers_without_code
from infra.local.template import ROOT, STACKS, TEMPLATE, whole, written
from shared.adapters.table import LAYOUT
from shared.edge.settings import Environment, Variable

Resource = dict[str, Any]


def centre() -> dict[str, Any]:
    """The template with its stacks in place, and a channel more whose door is the other kind."""
    root = written()
    sms = root["Resources"]["Sms"]
    letter = {"Channel": "letter", "Door": "notice", "Topic": {"Ref": "Alarms"}, "SecretKey": ""}
    given = sms["Properties"]["Parameters"] | letter
    block = sms | {"Properties": sms["Properties"] | {"Parameters": given}}
    return whole(root | {"Resources": root["Resources"] | {"Letter": block}})


CENTRE = centre()


def template() -> dict[str, Any]:
    return CENTRE


def resources(*types: str) -> dict[str, Resource]:
    found = CENTRE["Resources"]
    return {name: one for name, one in found.items() if not types or one["Type"] in types}


FUNCTIONS = resources("AWS::Serverless::Function")
QUEUES = resources("AWS::SQS::Queue")
SOURCES = resources("AWS::Lambda::EventSourceMapping")
PARKING = {"Unannounced"}  # watched by an alarm, consumed by nobody


def events(function: Resource) -> list[dict[str, Any]]:
    return list(function["Properties"].get("Events", {}).values())


APIS = {name: one for name, one in FUNCTIONS.items() if any(e["Type"] == "Api" for e in events(one))}


def properties(name: str) -> dict[str, Any]:
    return dict(template()["Resources"][name]["Properties"])


def statements(function: Resource) -> list[dict[str, Any]]:
    return [one for policy in function["Properties"].get("Policies", ()) for one in policy["Statement"]]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def actions(statement: dict[str, Any]) -> list[str]:
    return as_list(statement["Action"])


def named(value: Any) -> Iterator[str]:
    """Logical names of the resources a value refers to, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            elif key == "Fn::Sub" and isinstance(inner, str):
                yield from (found.partition(".")[0] for found in re.findall(r"\$\{([\w.]+)\}", inner))
            else:
                yield from named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner)


def granted(function: Resource, *wanted: str) -> set[str]:
    """Resources on which a function may do one of the wanted actions."""
    found = [one for one in statements(function) if set(actions(one)) & set(wanted)]
    return {name for one in found for name in named(one["Resource"])}


def block_of(channel: str) -> str:
    return "".join(word.capitalize() for word in channel.split("_"))


def variables(function: Resource) -> dict[str, Any]:
    return dict(function["Properties"].get("Environment", {}).get("Variables", {}))


def test_cfn_lint_has_nothing_to_say() -> None:
    lint = Path(sys.executable).with_name("cfn-lint")

    told = subprocess.run([lint, TEMPLATE, *STACKS], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stdout) == (0, "")


def test_every_handler_is_there() -> None:
    assert handlers_without_code() == []


def test_every_queue_has_dead_letters_of_its_own_kind() -> None:
    for name, queue in QUEUES.items():
        if name.endswith("Dead") or name in PARKING:
            continue

        redrive = queue["Properties"]["RedrivePolicy"]

        assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [f"{name}Dead", "Arn"]}
        dead = properties(f"{name}Dead")
        assert dead.get("FifoQueue") == queue["Properties"].get("FifoQueue"), name
        assert dead["MessageRetentionPeriod"] == 14 * 24 * 3600
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


def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_run() -> None:
    usual = template()["Globals"]["Function"]["Timeout"]

    for source in SOURCES.values():
        queue, function = (next(named(source["Properties"][k])) for k in ("EventSourceArn", "FunctionName"))
        if queue in QUEUES:
            timeout = properties(function).get("Timeout", usual)
            assert properties(queue)["VisibilityTimeout"] >= 6 * timeout, queue


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
        assert [pattern["eventName"] for pattern in patterns] == [["INSERT"], ["MODIFY"]]
        for pattern in patterns:
            assert pattern["dynamodb"]["Keys"] == {"sk": {"S": [{"prefix": "ENTRY#"}]}}


def test_of_the_delivery_states_the_publisher_hears_failures_and_the_desk_all_but_claims() -> None:
    heard = {
        name: json.loads(properties(name)["FilterCriteria"]["Filters"][1]["Pattern"])["dynamodb"]["NewImage"]
        for name in ("EventPublisherSource", "DeskNotifierSource")
    }

    assert heard["EventPublisherSource"] == {"delivery": {"S": ["failed"]}}
    assert heard["DeskNotifierSource"] == {"delivery": {"S": [{"anything-but": ["sending"]}]}}


def test_the_publisher_begins_at_the_beginning_and_retries_almost_as_long_as_the_stream_remembers() -> None:
    publisher = properties("EventPublisherSource")

    assert publisher["StartingPosition"] == "TRIM_HORIZON"
    assert publisher["MaximumRecordAgeInSeconds"] == 23 * 3600
    assert publisher["DestinationConfig"]["OnFailure"]["Destination"]


def test_no_function_may_do_everything_or_touch_everything() -> None:
    everywhere = {"dynamodb:ListStreams", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"}

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


def test_every_queue_a_function_is_told_of_is_one_it_may_use_and_no_other() -> None:
    for name, function in FUNCTIONS.items():
        told = {queue for value in variables(function).values() for queue in named(value) if queue in QUEUES}
        may = granted(function, "sqs:SendMessage", "sqs:GetQueueAttributes") & set(QUEUES)
        fed = granted(function, "sqs:ReceiveMessage")

        assert may - fed == told, name


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
        ("AWS::SecretsManager::Secret", ("secretsmanager:GetSecretValue",)),
        ("AWS::Events::EventBus", ("events:PutEvents",)),
    ],
)
def test_what_a_function_is_told_of_is_what_it_may_use(kind: str, wanted: tuple[str, ...]) -> None:
    for name, function in FUNCTIONS.items():
        told = set(named(variables(function))) & set(resources(kind))

        assert granted(function, *wanted) == told, name


def test_functions_are_told_only_what_the_settings_know() -> None:
    known = {name.upper() for name, one in vars(Environment).items() if isinstance(one, Variable)}
    known |= {"CHANNEL_SECRET_ID", "CHANNEL_API_URL"}

    for name, function in FUNCTIONS.items():
        told = {one for one in variables(function) if not one.startswith("POWERTOOLS_")}
        assert told <= known, name


def test_nothing_sends_to_the_queue_it_is_fed_by() -> None:
    for name, function in FUNCTIONS.items():
        assert not granted(function, "sqs:SendMessage") & granted(function, "sqs:ReceiveMessage"), name


def test_what_belongs_to_a_channel_is_absent_while_the_channel_is_off() -> None:
    for channel in channels.names():
        theirs = [one for name, one in resources().items() if name.startswith(block_of(channel))]

        assert len(theirs) >= 10
        assert {one.get("Condition") for one in theirs} == {f"{block_of(channel)}On"}


@pytest.mark.parametrize("name", sorted(APIS))
def test_the_template_has_the_routes_of_the_chalice_app(name: str) -> None:
    handler = APIS[name]["Properties"]["Handler"].rpartition(".")[0]
    in_template = {
        (event["Properties"]["Path"], event["Properties"]["Method"].upper())
        for event in events(APIS[name])
        if event["Type"] == "Api"
    }

    app = importlib.import_module(handler).api.app

    assert {(path, method) for path, methods in app.routes.items() for method in methods} == in_template
    assert len(in_template) <= 40


def test_only_the_session_routes_are_open() -> None:
    opened = {
        event["Properties"]["Path"]
        for one in APIS.values()
        for event in events(one)
        if event["Type"] == "Api" and event["Properties"].get("Auth", {}).get("Authorizer") == "NONE"
    }

    assert opened == {"/session", "/session/refresh"}


def test_data_outlives_the_stack() -> None:
    for name in ("Table", "Files", "Staff", *resources("AWS::SecretsManager::Secret")):
        assert template()["Resources"][name]["DeletionPolicy"] == "Retain"
        assert template()["Resources"][name]["UpdateReplacePolicy"] == "Retain"
    assert properties("Table")["DeletionProtectionEnabled"] is True
    assert properties("Staff")["DeletionProtection"] == "ACTIVE"


def test_every_function_has_a_log_group_that_ends() -> None:
    for name, function in FUNCTIONS.items():
        (group,) = named(function["Properties"]["LoggingConfig"]["LogGroup"])
        assert properties(group)["RetentionInDays"], name
        assert template()["Resources"][group].get("Condition") == function.get("Condition"), name


def test_two_centres_in_one_account_and_region_share_no_metrics() -> None:
    own = {"Fn::Sub": "Patchbay/${AWS::StackName}"}

    told = template()["Globals"]["Function"]["Environment"]["Variables"]
    assert told["POWERTOOLS_METRICS_NAMESPACE"] == own
    assert template()["Outputs"]["PowertoolsMetricsNamespace"]["Value"] == own
    for name in ("Board", *resources("AWS::CloudWatch::Alarm")):
        assert "Patchbay" not in json.dumps(properties(name)).replace(own["Fn::Sub"], ""), name


def test_the_pages_own_address_is_an_origin_whichever_it_is() -> None:
    for name in ("ChatSocket", "PublicApi", "DeskSocket"):
        _, on_aws, _ = variables(FUNCTIONS[name])["ALLOWED_ORIGINS"]["Fn::If"]

        assert on_aws["Fn::Sub"].startswith("https://${Pages.DomainName},${PublicUrl}"), name
        assert ("${AllowedOrigins}" in on_aws["Fn::Sub"]) == (name != "DeskSocket"), "no shop opens a desk"


def test_names_in_cloudfront_tell_regions_apart() -> None:
    kinds = ("OriginAccessControl", "Function", "ResponseHeadersPolicy")

    names = [
        one["Properties"].get("Name") or next(iter(one["Properties"].values()))["Name"]
        for kind in kinds
        for one in resources(f"AWS::CloudFront::{kind}").values()
    ]

    assert len(names) == 5
    assert all("${AWS::Region}" in name["Fn::Sub"] for name in names)


def test_a_crowd_at_the_public_door_leaves_the_providers_door_open() -> None:
    stage = properties("DoorsStage")
    route = properties("ChatTicketRoute")["RouteKey"]

    _, limits, _ = stage["RouteSettings"]["Fn::If"]

    assert limits[route]["ThrottlingRateLimit"] * 10 <= stage["DefaultRouteSettings"]["ThrottlingRateLimit"]
    assert "ChatTicketRoute" in set(named(stage["Description"])), "the route must be there first"
