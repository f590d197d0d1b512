"""The login to AWS: the region's two names, and refusals as sentences."""

import os

import boto3
import pytest
from botocore import exceptions

from infra.cli import access, main
from infra.cli.answer import CannotAnswer, WrongUse


def refused(code: str, message: str = "no") -> exceptions.ClientError:
    return exceptions.ClientError({"Error": {"Code": code, "Message": message}}, "Do")


def test_the_region_people_say_is_the_one_boto3_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    access.settle_region()

    assert boto3.Session().region_name == "eu-west-1"


def test_every_command_settles_the_region_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")

    main.main(["new-channel", "No"])

    assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (exceptions.NoRegionError(), "No AWS region is set"),
        (exceptions.ProfileNotFound(profile="work"), "(work) could not be found"),
        (exceptions.NoCredentialsError(), "There are no AWS credentials here"),
        (exceptions.UnauthorizedSSOTokenError(), "has expired"),
        (refused("ExpiredToken"), "has expired"),
        (refused("InvalidClientTokenId"), "does not know these credentials"),
    ],
)
def test_what_is_wrong_with_a_login_is_a_sentence(error: Exception, said: str) -> None:
    refusal = access.refusal(error)

    assert isinstance(refusal, WrongUse)
    assert said in str(refusal)


def test_a_missing_permission_is_named_without_the_callers_name() -> None:
    told = (
        "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: sqs:CreateQueue on resource"
    )

    refusal = access.refusal(refused("AccessDenied", told))

    assert str(refusal) == "The AWS login may not do this: sqs:CreateQueue."
    assert type(refusal) is CannotAnswer
