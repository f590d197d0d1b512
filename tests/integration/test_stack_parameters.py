"""A deployed stack's parameters are changed by CloudFormation, and nothing else of the stack."""

import json
from argparse import Namespace
from typing import Any

import pytest

from infra.cli.answer import WrongUse
from infra.cli.commands import staff
from infra.local.emulator import REGION, Emulator
from infra.local.template import written

pytestmark = pytest.mark.embedded
POOL = written()["Resources"]["Staff"]["Properties"]


@pytest.fixture
def stack(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> str:
    """The template's user pool alone, under its own parameter and another."""
    properties = {key: POOL[key] for key in ("MfaConfiguration", "EnabledMfas")} | {
        "UserPoolName": {"Ref": "Named"}
    }
    template = {
        "Parameters": {"StaffMfa": written()["Parameters"]["StaffMfa"], "Named": {"Type": "String"}},
        "Resources": {"Staff": {"Type": "AWS::Cognito::UserPool", "Properties": properties}},
        "Outputs": {"UserPoolId": {"Value": {"Ref": "Staff"}}},
    }
    cloudformation, name = emulator.client("cloudformation"), "centre-with-staff"
    if not there(cloudformation, name):
        given = [{"ParameterKey": "Named", "ParameterValue": "our-staff"}]
        cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(template), Parameters=given)
        cloudformation.get_waiter("stack_create_complete").wait(StackName=name)
    access = {"ENDPOINT_URL": emulator.endpoint, "ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test"}
    for key, value in (access | {"DEFAULT_REGION": REGION}).items():
        monkeypatch.setenv(f"AWS_{key}", value)
    return name


def there(cloudformation: Any, name: str) -> bool:
    return any(one["StackName"] == name for one in cloudformation.describe_stacks()["Stacks"])


def require(stack: str | None, off: bool = False, email: str = "") -> Any:
    return staff.run(Namespace(action="require-mfa", stack=stack, off=off, email=email)).document


def demanded(emulator: Emulator, stack: str) -> str:
    told = emulator.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    (pool,) = [one["OutputValue"] for one in told["Outputs"]]
    answer = emulator.client("cognito-idp").describe_user_pool(UserPoolId=pool)["UserPool"]
    assert answer["Name"] == "our-staff", "the other parameter is as it was"
    return str(answer["MfaConfiguration"])


def test_a_second_factor_is_demanded_and_no_longer(emulator: Emulator, stack: str) -> None:
    before = demanded(emulator, stack)
    first, again = require(stack), require(stack)
    while_on = demanded(emulator, stack)
    off = require(stack, off=True)

    assert (before, while_on, demanded(emulator, stack)) == ("OPTIONAL", "ON", "OPTIONAL")
    assert first == {"staff_mfa": "ON", "changed": True}
    assert again == {"staff_mfa": "ON", "changed": False}
    assert off == {"staff_mfa": "OPTIONAL", "changed": True}


@pytest.mark.parametrize(("where", "email"), [(None, ""), ("centre-with-staff", "one@example.test")])
def test_it_is_demanded_of_all_staff_of_a_deployed_centre(where: str | None, email: str) -> None:
    with pytest.raises(WrongUse):
        require(where, email=email)
