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
        text, own = on_aws["Fn::Sub"]

        assert text.startswith("https://${Pages.DomainName},${Own},${PublicUrl}"), name
        assert own == {"Own": {"Fn::If": ["HasDomain", {"Fn::Sub": "https://${DomainName}"}, ""]}}
        assert ("${AllowedOrigins}" in text) == (name != "DeskSocket"), "no shop opens a desk"


def test_a_crowd_at_the_public_door_leaves_the_providers_door_open() -> None:
    stage = properties("DoorsStage")
    route = properties("ChatTicketRoute")["RouteKey"]

    _, with_chat, without = stage["RouteSettings"]["Fn::If"]

    assert {name for name in with_chat if "chat" not in name} == set(without)
    for limit in (with_chat[route], *with_chat.values()):
        assert limit["ThrottlingRateLimit"] * 10 <= stage["DefaultRouteSettings"]["ThrottlingRateLimit"]
    assert "ChatTicketRoute" in set(named(stage["Description"])), "the route must be there first"
