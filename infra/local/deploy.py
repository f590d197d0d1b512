"""Deploys the real template to the embedded AWS, through CloudFormation, as `make deploy` does on AWS."""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from infra.local.code_zip import code_zip
from infra.local.emulator import PATIENCE, REGION, Emulator
from infra.local.template import ROOT, template, with_code

STACK = "patchbay"
CODE = "patchbay-code"
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")


class NotDeployed(Exception):
    """CloudFormation refused; the text names what and why."""


def deploy(emulator: Emulator, parameters: Mapping[str, str], stack: str = STACK) -> dict[str, str]:
    """Creates or updates the stack; returns its outputs. Raises NotDeployed."""
    session = emulator.session()
    cloudformation = emulator.client("cloudformation", session)
    request = {
        "StackName": stack,
        "TemplateURL": _upload(emulator.client("s3", session), emulator.endpoint),
        "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    }
    _create_or_update(cloudformation, request)
    outputs = _outputs(cloudformation, stack)
    _expire_items(emulator.client("dynamodb", session), outputs["TableName"])
    _allow_origins(emulator.client("apigatewayv2", session), outputs["HttpApiId"], parameters)
    return outputs


def _upload(s3: Any, endpoint: str) -> str:
    """Code and template into a bucket (a template of this size must lie in one); the template's address.

    Its stacks are in place: the embedded AWS transforms the outermost template alone.
    """
    name, body = code_zip(ROOT)
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou, s3.exceptions.BucketAlreadyExists):
        s3.create_bucket(Bucket=CODE, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=CODE, Key=name, Body=body)
    # on AWS each function gets the bundle of its dependencies; here all find the packages of our environment
    whole = with_code(template(), lambda bundle: f"s3://{CODE}/{name}")
    s3.put_object(Bucket=CODE, Key="template.json", Body=json.dumps(whole).encode())
    return f"{endpoint}/{CODE}/template.json"


def _create_or_update(cloudformation: Any, request: dict[str, Any]) -> None:
    try:
        if _status(cloudformation, request["StackName"]) is None:
            cloudformation.create_stack(**request)
        else:
            cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise NotDeployed(str(error)) from error
    _wait(cloudformation, request["StackName"])


def _status(cloudformation: Any, stack: str) -> str | None:
    try:
        return str(cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"])
    except ClientError:
        return None


def _wait(cloudformation: Any, stack: str, patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while (status := _status(cloudformation, stack)) and status.endswith("IN_PROGRESS"):
        if time.monotonic() > until:
            raise NotDeployed(f"the stack is {status} for {patience:.0f} s")
        time.sleep(0.05)
    if status not in DONE:
        raise NotDeployed(f"the stack is {status}: {_reasons(cloudformation, stack)}")


def _reasons(cloudformation: Any, stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    failed = [event for event in events if "FAILED" in event["ResourceStatus"]]
    return "; ".join(f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '?')}" for e in failed)


def _outputs(cloudformation: Any, stack: str) -> dict[str, str]:
    told = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in told["Outputs"]}


def _expire_items(dynamodb: Any, table: str) -> None:
    """On AWS the template's TimeToLiveSpecification does this; ministack's CloudFormation leaves it out."""
    told = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if told["TimeToLiveStatus"] not in ("ENABLED", "ENABLING"):
        dynamodb.update_time_to_live(
            TableName=table,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"},
        )


def _allow_origins(gateway: Any, api: str, parameters: Mapping[str, str]) -> None:
    """On AWS the template's CorsConfiguration is all; ministack's CloudFormation stores it under names that
    its gateway does not read."""
    if origins := parameters.get("AllowedOrigins"):
        _, rules, _ = template()["Resources"]["Doors"]["Properties"]["CorsConfiguration"]["Fn::If"]
        gateway.update_api(ApiId=api, CorsConfiguration=rules | {"AllowOrigins": origins.split(",")})
