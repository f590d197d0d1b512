"""House rules of the template: CloudFront, the word it says, and parameters that AWS would refuse late."""

import re

import pytest

from shared.edge import front
from tests.support.template import APIS, FUNCTIONS, named, properties, resources, template, variables

CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/a-1"
WEB_ACL = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/name/1"
RESOLVED = "{{resolve:secretsmanager:${FrontWord}:SecretString:word}}"
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


def test_cloudfront_says_the_word_to_every_api_and_every_door_knows_it() -> None:
    origins = properties("Pages")["DistributionConfig"]["Origins"]
    apis = [one for one in origins if "execute-api" in str(one["DomainName"])]

    assert len(apis) == 2
    for one in apis:
        (header,) = one["OriginCustomHeaders"]
        assert header["HeaderName"].lower() == front.HEADER
        assert header["HeaderValue"] == {"Fn::Sub": RESOLVED}
    for name in behind_http():
        assert RESOLVED in str(variables(FUNCTIONS[name])["FRONT_WORD"]), name


def test_sockets_do_not_go_through_cloudfront_and_have_a_ticket_instead() -> None:
    assert behind_http() & {"DeskSocket", "ChatSocket"} == set()
    assert not [one for one in resources("AWS::CloudFront::Distribution").values() if "SocketApi" in str(one)]


def behind_http() -> set[str]:
    """Functions that an HTTP or a REST API calls."""
    apis = {
        n
        for n, one in resources("AWS::ApiGatewayV2::Api").items()
        if one["Properties"]["ProtocolType"] == "HTTP"
    }
    integrated = [
        set(named(one["Properties"]["IntegrationUri"]))
        for one in resources("AWS::ApiGatewayV2::Integration").values()
        if set(named(one["Properties"]["ApiId"])) & apis
    ]
    return {*APIS, *(name for names in integrated for name in names & set(FUNCTIONS))}


def test_the_pages_have_a_name_of_their_own_with_its_certificate_or_none() -> None:
    told = properties("Pages")["DistributionConfig"]

    _, aliases, none = told["Aliases"]["Fn::If"]
    _, own, usual = told["ViewerCertificate"]["Fn::If"]
    assert (aliases, none) == ([{"Ref": "DomainName"}], {"Ref": "AWS::NoValue"})
    assert own["AcmCertificateArn"] == {"Ref": "CertificateArn"}
    assert own["SslSupportMethod"] == "sni-only", "a dedicated address costs $600 a month"
    assert usual == {"CloudFrontDefaultCertificate": True}


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        ("CertificateArn", CERTIFICATE, CERTIFICATE.replace("us-east-1", "eu-west-1")),
        ("WebAclArn", WEB_ACL, WEB_ACL.replace("global", "regional")),
        ("AlarmEmail", "ops@example.com", "ops"),
        ("Zone", "America/Argentina/Ushuaia", "KST"),
        ("DomainName", "desk.example.com", "https://desk.example.com"),
        ("PublicUrl", "https://desk.example.com", "https://desk.example.com/"),
        ("AllowedOrigins", "https://a.example.com,http://localhost:5500", "https://a.example.com/, https://b.example.com"),
    ],
)  # fmt: skip
def test_what_aws_would_refuse_late_is_refused_before_anything_is_made(
    parameter: str, good: str, bad: str
) -> None:
    told = template()["Parameters"][parameter]

    assert told["ConstraintDescription"]
    assert re.fullmatch(told["AllowedPattern"], told["Default"])
    assert re.fullmatch(told["AllowedPattern"], good)
    assert not re.fullmatch(told["AllowedPattern"], bad)
