"""House rules of the template: names, doors, and what stands before the pages."""

import json

from tests.support.template import FUNCTIONS, named, properties, resources, template, variables


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


def test_a_crowd_at_the_public_door_leaves_the_providers_door_open() -> None:
    stage = properties("DoorsStage")
    route = properties("ChatTicketRoute")["RouteKey"]

    _, limits, _ = stage["RouteSettings"]["Fn::If"]

    assert limits[route]["ThrottlingRateLimit"] * 10 <= stage["DefaultRouteSettings"]["ThrottlingRateLimit"]
    assert "ChatTicketRoute" in set(named(stage["Description"])), "the route must be there first"


# docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
SECURITY = {"content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
            "strict-transport-security", "x-xss-protection"}  # fmt: skip


def test_cors_and_security_headers_are_no_custom_headers() -> None:
    """CloudFront answers 400: each has its own place in a policy."""
    for name, one in resources("AWS::CloudFront::ResponseHeadersPolicy").items():
        items = (
            one["Properties"]["ResponseHeadersPolicyConfig"].get("CustomHeadersConfig", {}).get("Items", [])
        )
        for header in (item["Header"].lower() for item in items):
            assert header not in SECURITY, name
            assert not header.startswith("access-control-"), name


def test_cors_rules_of_a_policy_are_whole() -> None:
    """CloudFront demands all of these; with credentials none of them may be a star."""
    demanded = {"AccessControlAllowCredentials", "AccessControlAllowHeaders", "AccessControlAllowMethods",
                "AccessControlAllowOrigins", "OriginOverride"}  # fmt: skip
    policies = resources("AWS::CloudFront::ResponseHeadersPolicy")
    rules = {
        n: one["Properties"]["ResponseHeadersPolicyConfig"].get("CorsConfig") for n, one in policies.items()
    }

    assert {name for name, one in rules.items() if one} == {"WidgetHeaders", "AssetHeaders"}
    for one in rules.values():
        if one:
            assert demanded <= set(one)
            assert one["AccessControlAllowCredentials"] is False
