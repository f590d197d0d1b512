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
