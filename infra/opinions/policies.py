"""parliament: the policies of functions, queues and buckets, with names as AWS would have filled them in."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.opinions.centre import every_door
from infra.opinions.finding import Finding
from infra.opinions.tools import OWN, NoOpinion, told

ACCOUNT = "us-east-1:111122223333"
# An ARN of each kind of resource that a policy names.
ARNS = {
    "AWS::DynamoDB::Table": f"arn:aws:dynamodb:{ACCOUNT}:table/%s",
    "AWS::SQS::Queue": f"arn:aws:sqs:{ACCOUNT}:%s",
    "AWS::S3::Bucket": "arn:aws:s3:::%s",
    "AWS::Events::EventBus": f"arn:aws:events:{ACCOUNT}:event-bus/%s",
    "AWS::SecretsManager::Secret": f"arn:aws:secretsmanager:{ACCOUNT}:secret:%s-AbCdEf",
    "AWS::Cognito::UserPool": f"arn:aws:cognito-idp:{ACCOUNT}:userpool/us-east-1_%s",
    "AWS::Serverless::Function": f"arn:aws:lambda:{ACCOUNT}:function:%s",
    "AWS::Events::Rule": f"arn:aws:events:{ACCOUNT}:rule/centre/%s",
    "AWS::SNS::Topic": f"arn:aws:sns:{ACCOUNT}:%s",
}
REF_IS_ARN = {"AWS::SNS::Topic"}
PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "111122223333",
    "AWS::StackName": "centre",
    "AWS::URLSuffix": "amazonaws.com",
}
STREAM = "/stream/*"  # parliament takes no colon of a time for a part of a name


def look(folder: Path) -> list[Finding]:
    """The policies are written into the folder, one file each."""
    for name, one in every_door()["Resources"].items():
        if statements := [part for policy in _policies(one.get("Properties", {})) for part in policy]:
            whole = {"Version": "2012-10-17", "Statement": filled(statements)}
            (folder / f"{name}.json").write_text(json.dumps(whole))
    if not any(folder.iterdir()):
        raise NoOpinion("no policy was found in the template")
    said = told(OWN, "parliament", "--directory", str(folder), "--json").splitlines()
    return [_finding(json.loads(line)) for line in said if line.startswith("{")]


def _policies(properties: dict[str, Any]) -> Iterator[list[Any]]:
    """The statements of each policy that a resource has or is."""
    inline = (one for one in properties.get("Policies", ()) if isinstance(one, dict))
    for policy in (*inline, properties.get("PolicyDocument", {})):
        if "Statement" in policy:
            yield policy["Statement"]


def _finding(told: dict[str, Any]) -> Finding:
    place = told.get("location") or {}
    return Finding(
        told["issue"], Path(str(place.get("filepath", ""))).stem, f"{told['title']} {told.get('detail', '')}"
    )


def filled(value: Any) -> Any:
    """A value of the template as plain text."""
    if isinstance(value, list):
        return [filled(part) for part in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"Ref": name}:
            return PSEUDO.get(name) or _reference(name)
        case {"Fn::GetAtt": [name, attribute]}:
            return _attribute(name, attribute)
        case {"Fn::Sub": str(text)}:
            return re.sub(r"\$\{([\w:.]+)\}", lambda found: _in_text(found[1]), text)
        case {"Fn::Sub": [text, more]}:
            known = {key: filled(part) for key, part in more.items()}
            return re.sub(r"\$\{([\w:.]+)\}", lambda found: known.get(found[1]) or _in_text(found[1]), text)
        case {"Fn::If": [_, then, _]}:
            return filled(then)
    return {key: filled(part) for key, part in value.items()}


def _in_text(name: str) -> str:
    resource, _, attribute = name.partition(".")
    return _attribute(resource, attribute) if attribute else str(filled({"Ref": name}))


def _reference(name: str) -> str:
    kind = every_door()["Resources"].get(name, {}).get("Type")
    return ARNS[kind] % name.lower() if kind in REF_IS_ARN else name.lower()


def _attribute(name: str, attribute: str) -> str:
    arn = ARNS[every_door()["Resources"][name]["Type"]] % name.lower()
    return arn + STREAM if attribute == "StreamArn" else arn
