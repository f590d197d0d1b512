"""The states of a stack, and AWS's reasons for a failure."""

import boto3
import pytest

from infra.cli.answer import WrongUse
from infra.cli.commands.deploy import next_steps
from infra.cli.deploying import well_named
from infra.cli.failures import Failure, remedy
from infra.cli.place import Place
from infra.cli.states import WAYS, Way, way


def test_every_state_cloudformation_knows_has_its_way() -> None:
    model = boto3.client("cloudformation", "us-east-1").meta.service_model
    states = model.shape_for("StackStatus").enum

    assert [one for one in states if one not in WAYS and way(one) is not Way.WAIT] == []


@pytest.mark.parametrize(
    ("reason", "cure"),
    [
        ("Your account must be verified before you can add new CloudFront resources.", "AWS Support"),
        ("User kim is not authorized to perform: sqs:CreateQueue", "permission"),
        ("/patchbay/p/router already exists in stack", "patchbay undeploy --stack p"),
        ("UnreservedConcurrentExecution below its minimum value of [10]", "L-B99A9384"),
        ("Rate exceeded", "wait ten minutes"),
        ("LimitExceededException: too many", "Service Quotas"),
        ("the moon is full", "open an issue"),
    ],
)
def test_a_reason_of_aws_has_a_cure(reason: str, cure: str) -> None:
    assert cure in remedy(reason, "p")


def test_a_failure_is_one_sentence_and_what_to_do() -> None:
    told = Failure("Pages", "AWS::CloudFront::Distribution", "Rate exceeded.").sentence("patchbay")

    assert told.startswith("Pages (AWS::CloudFront::Distribution) failed: Rate exceeded. AWS was asked")


@pytest.mark.parametrize("name", ["", "1st", "my_centre", "a" * 41, "centre.one"])
def test_a_name_that_aws_would_refuse_for_some_part_is_refused_at_once(name: str) -> None:
    with pytest.raises(WrongUse, match="make deploy STACK="):
        well_named(name)


@pytest.mark.parametrize("name", ["patchbay", "Centre-2", "a" * 40])
def test_a_name_that_fits_is_taken(name: str) -> None:
    assert well_named(name) == name


def test_after_a_deployment_the_secret_of_the_sms_account_is_named() -> None:
    told = next_steps(Place("one", "https://desk.example.test", {"SmsSecretId": "arn:secret"}, {}))

    assert "--secret-id arn:secret" in told
    assert "https://desk.example.test/webhooks/sms" in told
    assert "  4. Whether all is well:      patchbay doctor --stack one" in told


def test_a_channel_that_is_off_asks_for_nothing_after_a_deployment() -> None:
    told = next_steps(Place("one", "https://desk.example.test", {}, {}))

    assert "SMS" not in told
    assert "  3. Whether all is well:      patchbay doctor --stack one" in told
