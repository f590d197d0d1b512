"""House rules of the template: names that AWS lists for a whole account, and how long names may be."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.template import resources

LONGEST_STACK = "s" * 40  # a stack may be called longer, but then some names below are refused
LONGEST = {"AWS::StackName": LONGEST_STACK, "AWS::Region": "ap-northeast-12", "AWS::AccountId": "1" * 12}
# type → where its name stands; one list for all regions
GLOBAL = {
    "AWS::CloudFront::CachePolicy": ("CachePolicyConfig", "Name"),
    "AWS::CloudFront::Function": ("Name",),
    "AWS::CloudFront::KeyGroup": ("KeyGroupConfig", "Name"),
    "AWS::CloudFront::OriginAccessControl": ("OriginAccessControlConfig", "Name"),
    "AWS::CloudFront::OriginRequestPolicy": ("OriginRequestPolicyConfig", "Name"),
    "AWS::CloudFront::PublicKey": ("PublicKeyConfig", "Name"),
    "AWS::CloudFront::ResponseHeadersPolicy": ("ResponseHeadersPolicyConfig", "Name"),
    "AWS::CloudWatch::Dashboard": ("DashboardName",),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName",),
    "AWS::IAM::Role": ("RoleName",),
    "AWS::IAM::User": ("UserName",),
    "AWS::S3::Bucket": ("BucketName",),
    "AWS::Serverless::Function": ("RoleName",),
    "AWS::WAFv2::WebACL": ("Name",),
}
WITHOUT_NAMES = {"AWS::CloudFront::Distribution", "AWS::IAM::Policy"}  # the latter is named within a role
# type → where its name stands, and how long it may be
LIMITS = {
    "AWS::CloudFront::Function": (("Name",), 64),
    "AWS::CloudFront::OriginAccessControl": (GLOBAL["AWS::CloudFront::OriginAccessControl"], 64),
    "AWS::CloudFront::ResponseHeadersPolicy": (GLOBAL["AWS::CloudFront::ResponseHeadersPolicy"], 128),
    "AWS::CloudFront::Distribution": (("DistributionConfig", "Comment"), 128),
    "AWS::Cognito::UserPool": (("UserPoolName",), 128),
    "AWS::CloudWatch::Dashboard": (("DashboardName",), 255),
    "AWS::Events::EventBus": (("Name",), 256),
    "AWS::SNS::Topic": (("TopicName",), 256),
    "AWS::SQS::Queue": (("QueueName",), 80),
    "AWS::ApiGatewayV2::Api": (("Name",), 128),
    "AWS::Serverless::Api": (("Name",), 1024),
}
CHANNEL = "facebook_messenger"  # none is called longer


def told(one: dict[str, Any], place: tuple[str, ...]) -> Any:
    value: Any = one["Properties"]
    for key in place:
        value = (value or {}).get(key)
    return value


def text(value: Any) -> str:
    """A name at its longest."""
    if isinstance(value, str):
        return value.replace("letter", CHANNEL)
    if "Ref" in value:
        return LONGEST[value["Ref"]]
    whole = re.sub(r"\$\{([\w:]+)\}", lambda found: LONGEST[found[1]], str(value["Fn::Sub"]))
    return whole.replace("letter", CHANNEL)


def schedules() -> Iterator[str]:
    for one in resources("AWS::Serverless::Function").values():
        for event in one["Properties"].get("Events", {}).values():
            if event["Type"] == "ScheduleV2":
                yield text(event["Properties"]["Name"])


def test_a_name_in_a_list_of_the_whole_account_bears_the_region() -> None:
    found = 0
    for name, one in resources().items():
        if value := told(one, GLOBAL.get(one["Type"], ("",))):
            found += 1
            assert "${AWS::Region}" in str(value), (
                f"{name}: a stack of this name in another region has it already"
            )
    assert found >= 6


def test_every_kind_of_a_global_service_is_known_here() -> None:
    services = ("AWS::CloudFront::", "AWS::IAM::", "AWS::WAFv2::", "AWS::Route53::")

    used = {one["Type"] for one in resources().values() if one["Type"].startswith(services)}

    assert used <= {*GLOBAL, *WITHOUT_NAMES}


@pytest.mark.parametrize("kind", LIMITS)
def test_a_name_fits_for_a_stack_of_forty_letters(kind: str) -> None:
    place, most = LIMITS[kind]

    for name, one in resources(kind).items():
        if value := told(one, place):
            assert len(text(value)) <= most, name


def test_a_schedules_name_fits_as_well() -> None:
    names = list(schedules())

    assert len(names) == 7  # each channel that is listed has one, here also that of the longest name
    assert max(map(len, names)) <= 64
