"""House rules of the template: a deployment that failed leaves nothing behind, a centre that ran its data."""

from typing import Any

from infra.local.template import written
from tests.support.template import Resource, named, properties, resources

KEPT = ("AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::SecretsManager::Secret")
# the bucket of what `make deploy` uploads, and a word made anew with each centre: nobody's data
NO_DATA = ("Web", "FrontWord")
# Where a type's own name stands; a second of that name cannot be made (of user pools it can).
OWN_NAME = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SecretsManager::Secret": "Name",
}


def kept() -> dict[str, Resource]:
    found = resources(*KEPT, "AWS::S3::Bucket")
    return {name: one for name, one in found.items() if name not in NO_DATA}


def test_data_outlives_the_stack_unless_the_first_deployment_is_undone() -> None:
    assert len(kept()) >= 5
    for name, one in kept().items():
        assert one["DeletionPolicy"] == "RetainExceptOnCreate", name
        assert one["UpdateReplacePolicy"] == "Retain", name


def test_what_is_not_data_goes_with_the_stack() -> None:
    for name, one in resources().items():
        if name not in kept():
            assert one.get("DeletionPolicy", "Delete") == "Delete", name


def test_what_is_kept_bears_no_name_that_a_second_try_would_find_taken() -> None:
    for name, one in kept().items():
        assert OWN_NAME.get(one["Type"]) not in one["Properties"], name


def test_nothing_protects_itself_before_it_was_asked_to() -> None:
    """A protected resource cannot be deleted, so a first deployment could not be undone."""
    assert written()["Parameters"]["Protection"]["Default"] == "off"
    assert written()["Conditions"]["Protected"] == {"Fn::Equals": [{"Ref": "Protection"}, "on"]}
    assert properties("Table")["DeletionProtectionEnabled"] == when_protected(True, False)
    assert properties("Staff")["DeletionProtection"] == when_protected("ACTIVE", "INACTIVE")
    for name, one in resources().items():
        if name not in ("Table", "Staff"):
            assert not [key for key in one.get("Properties", {}) if "Protection" in key], name


def when_protected(yes: object, no: object) -> dict[str, Any]:
    return {"Fn::If": ["Protected", yes, no]}


def test_a_log_group_has_no_name_that_a_second_try_would_find_taken() -> None:
    """A function's last lines may make its group anew after the stack let go of it."""
    for name, one in resources("AWS::Logs::LogGroup").items():
        assert "LogGroupName" not in one["Properties"], name
        assert one["Properties"]["RetentionInDays"] == {"Ref": "LogDays"}, name


def test_what_a_function_logs_goes_to_a_group_of_the_stack() -> None:
    for name, one in resources("AWS::Serverless::Function").items():
        (group,) = named(one["Properties"]["LoggingConfig"]["LogGroup"])
        assert group in resources("AWS::Logs::LogGroup"), name
