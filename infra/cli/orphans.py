"""What a stack left in the account (kept on purpose, or by a rollback): found by name, removed by command."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.cli.place import Place
from infra.cli.stacks import listed
from infra.local.providers import block, carried

REMOVE: dict[str, tuple[str, ...]] = {
    "AWS::DynamoDB::Table": (
        "aws dynamodb update-table --no-deletion-protection-enabled --table-name {0}",
        "aws dynamodb delete-table --table-name {0}",
    ),
    "AWS::S3::Bucket": (".venv/bin/patchbay undeploy --stack {1} --bucket {0}",),
    "AWS::Cognito::UserPool": (
        "aws cognito-idp update-user-pool --deletion-protection INACTIVE --user-pool-id {0}",
        "aws cognito-idp delete-user-pool --user-pool-id {0}",
    ),
    "AWS::SecretsManager::Secret": ("aws secretsmanager delete-secret --secret-id {0}",),
    "AWS::Logs::LogGroup": ("aws logs delete-log-group --log-group-name {0}",),
}


@dataclass(frozen=True, slots=True)
class Orphan:
    """`type` is CloudFormation's, `name` AWS's."""

    type: str
    name: str

    def commands(self, stack: str) -> list[str]:
        return [step.format(self.name, stack) for step in REMOVE[self.type]]


def orphans(place: Place) -> list[Orphan]:
    """What bears the stack's name and belongs to no stack that is there."""
    cloudformation = place.client("cloudformation")
    owned = {one.physical for one in _of_stack(cloudformation, place.stack)}
    found = [
        *(Orphan("AWS::DynamoDB::Table", name) for name in _tables(place)),
        *(Orphan("AWS::S3::Bucket", name) for name in _buckets(place)),
        *(Orphan("AWS::Cognito::UserPool", name) for name in _pools(place)),
        *(Orphan("AWS::SecretsManager::Secret", name) for name in _secrets(place)),
        *(Orphan("AWS::Logs::LogGroup", name) for name in _log_groups(place)),
    ]
    return [one for one in found if one.name not in owned]


def _of_stack(cloudformation: Any, stack: str) -> Iterator[Any]:
    try:
        yield from listed(cloudformation, stack)
    except cloudformation.exceptions.ClientError as error:
        if "does not exist" not in str(error):
            raise


def _tables(place: Place) -> Iterator[str]:
    for page in place.client("dynamodb").get_paginator("list_tables").paginate():
        yield from (name for name in page["TableNames"] if name.startswith(f"{place.stack}-Table-"))


def _buckets(place: Place) -> Iterator[str]:
    """CloudFormation writes a bucket's name in small letters."""
    ours = tuple(f"{place.stack}-{name}-".lower() for name in ("files", "web", "emailbucket"))
    for bucket in place.client("s3").list_buckets()["Buckets"]:
        if bucket["Name"].startswith(ours):
            yield bucket["Name"]


def _pools(place: Place) -> Iterator[str]:
    pages = place.client("cognito-idp").get_paginator("list_user_pools").paginate(MaxResults=60)
    for page in pages:
        yield from (pool["Id"] for pool in page["UserPools"] if pool["Name"] == f"{place.stack}-staff")


def _secrets(place: Place) -> Iterator[str]:
    """Their names do not begin with the stack's; CloudFormation's tag tells whose they are."""
    inner = tuple(f"{place.stack}-{block(traits.name)}-" for traits in carried())
    for page in place.client("secretsmanager").get_paginator("list_secrets").paginate():
        for secret in page["SecretList"]:
            tags = {tag["Key"]: tag["Value"] for tag in secret.get("Tags", [])}
            owner = tags.get("aws:cloudformation:stack-name", "")
            if owner == place.stack or owner.startswith(inner):
                yield secret["ARN"]


def _log_groups(place: Place) -> Iterator[str]:
    pages = place.client("logs").get_paginator("describe_log_groups")
    for page in pages.paginate(logGroupNamePrefix=f"/patchbay/{place.stack}/"):
        yield from (group["logGroupName"] for group in page["logGroups"])
