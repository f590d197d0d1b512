"""House rules of the template: combinations that AWS refuses, or takes and never does anything with."""

import json
import re
from typing import Any

from tests.support.template import named, properties, resources, template

# docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and
# …/using-managed-origin-request-policies.html
CACHES = {"4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "658327ea-f89d-4fab-a63d-7e88639e58f6"}
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
METHODS = (
    {"GET", "HEAD"},
    {"GET", "HEAD", "OPTIONS"},
    {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
)
# namespace → the dimensions under which it publishes; an alarm on others waits for ever
DIMENSIONS: dict[str, tuple[set[str], ...]] = {
    "AWS/SQS": ({"QueueName"},),
    "AWS/Lambda": ({"FunctionName"}, {"FunctionName", "Resource"}, set()),
    "AWS/ApiGateway": ({"ApiId"}, {"ApiId", "Stage"}, {"ApiName"}, {"ApiName", "Stage"}),
    "AWS/DynamoDB": ({"TableName"}, {"TableName", "Operation"}),
    "AWS/SES": (set(),),  # of the account
    "AWS/Events": ({"RuleName"}, {"EventBusName"}, {"EventBusName", "RuleName"}),
}
# of the same namespace: HTTP APIs and sockets (ApiId) call their metrics otherwise than REST APIs (ApiName)
OF_REST = {"4XXError", "5XXError", "Count", "Latency", "IntegrationLatency"}
OF_HTTP = {"4xx", "5xx", "Count", "Latency", "IntegrationLatency", "DataProcessed",
           "ConnectCount", "MessageCount", "IntegrationError", "ClientError", "ExecutionError"}  # fmt: skip


def distribution() -> dict[str, Any]:
    return dict(properties("Pages")["DistributionConfig"])


def behaviours() -> list[dict[str, Any]]:
    told = distribution()
    return [told["DefaultCacheBehavior"], *told["CacheBehaviors"]]


def test_cloudfront_sends_each_address_to_an_origin_it_has() -> None:
    origins = {one["Id"] for one in distribution()["Origins"]}

    assert {one["TargetOriginId"] for one in behaviours()} == origins
    assert len(origins) <= 25
    assert len(behaviours()) <= 26


def test_cloudfront_lets_through_one_of_three_sets_of_methods() -> None:
    for one in behaviours():
        assert set(one.get("AllowedMethods", ["GET", "HEAD"])) in METHODS, one["TargetOriginId"]


def test_cloudfronts_policies_are_its_managed_ones_or_ours() -> None:
    for one in behaviours():
        assert one["CachePolicyId"] in CACHES
        assert one.get("OriginRequestPolicyId", ALL_BUT_HOST) == ALL_BUT_HOST
        if one["TargetOriginId"] != "web":
            assert one["OriginRequestPolicyId"] == ALL_BUT_HOST, "an API knows its own host name only"


def test_a_header_that_cloudfront_adds_is_none_of_its_own() -> None:
    for origin in distribution()["Origins"]:
        headers = [one["HeaderName"].lower() for one in origin.get("OriginCustomHeaders", ())]
        assert len(headers) <= 30
        assert not [one for one in headers if one.startswith(("x-amz-", "x-edge-")) or one in ("host", "via")]


def test_a_policy_adds_ten_headers_at_most() -> None:
    for name, one in resources("AWS::CloudFront::ResponseHeadersPolicy").items():
        items = (
            one["Properties"]["ResponseHeadersPolicyConfig"].get("CustomHeadersConfig", {}).get("Items", ())
        )
        assert len(items) <= 10, name


def test_a_rule_for_tls_alone_binds_no_other_name_of_the_domain() -> None:
    """Under a name of their own, the pages speak for themselves and not for their subdomains."""
    policy = properties("PageHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]

    assert policy["StrictTransportSecurity"]["IncludeSubdomains"] is False


def test_an_alarm_asks_for_a_metric_that_is_published() -> None:
    for name, one in resources("AWS::CloudWatch::Alarm").items():
        for namespace, metric, told in asked(one["Properties"]):
            if namespace in DIMENSIONS:
                assert told in DIMENSIONS[namespace], f"{name}: {namespace} {metric} by {told}"
            if namespace == "AWS/ApiGateway":
                assert metric in (OF_HTTP if "ApiId" in told else OF_REST), f"{name}: {metric}"
            assert namespace in DIMENSIONS or not namespace.startswith("AWS/"), f"{name}: {namespace}"


def asked(alarm: dict[str, Any]) -> list[tuple[str, str, set[str]]]:
    """Namespace, metric and dimensions; of an alarm on an expression, those of each of its metrics."""
    told = [one["MetricStat"]["Metric"] for one in alarm.get("Metrics", ()) if "MetricStat" in one]
    told += [alarm] if "MetricName" in alarm else []
    return [
        (str(one["Namespace"]), one["MetricName"], {each["Name"] for each in one.get("Dimensions", ())})
        for one in told
    ]


def test_the_dashboard_is_json_and_each_widget_names_its_region() -> None:
    body = json.loads(re.sub(r"\$\{[^}]*\}", "x", properties("Board")["DashboardBody"]["Fn::Sub"]))

    assert 0 < len(body["widgets"]) <= 500
    for widget in body["widgets"]:
        assert widget["type"] != "metric" or widget["properties"]["region"] == "x", widget


def test_an_http_api_allows_no_credentials_from_everywhere() -> None:
    _, rules, _ = properties("Doors")["CorsConfiguration"]["Fn::If"]

    assert "AllowCredentials" not in rules
    assert rules["AllowOrigins"] == {"Fn::Split": [",", {"Ref": "AllowedOrigins"}]}


def test_a_queue_policy_speaks_of_the_queues_it_is_put_on() -> None:
    for name, one in resources("AWS::SQS::QueuePolicy").items():
        queues = set(named(one["Properties"]["Queues"]))
        spoken_of = {
            queue
            for statement in one["Properties"]["PolicyDocument"]["Statement"]
            for queue in named(statement["Resource"])
        }
        assert spoken_of == queues, name


def test_outputs_and_conditions_go_together() -> None:
    """An output of what is absent is refused when the stack is made."""
    found = resources()
    for name, one in template()["Outputs"].items():
        value = one["Value"]
        if "Fn::If" in value:
            continue
        for resource in named(value):
            condition = found.get(resource, {}).get("Condition")
            assert condition in (None, one.get("Condition")), name
