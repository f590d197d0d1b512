"""A deployed stack and the stacks inside it, as one: a child's Webhook in the block Sms is SmsWebhook.

On this machine all of them are put into one stack, where the names are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STACK = "AWS::CloudFormation::Stack"


@dataclass(frozen=True, slots=True)
class Resource:
    """`name` is the template's, `physical` is AWS's."""

    name: str
    type: str
    physical: str


def listed(cloudformation: Any, stack: str, block: str = "") -> Iterator[Resource]:
    """Every resource of a stack; a child stack itself comes before its own. `block` goes before the names."""
    pages = cloudformation.get_paginator("list_stack_resources")
    for page in pages.paginate(StackName=stack):
        for one in page["StackResourceSummaries"]:
            name = f"{block}{one['LogicalResourceId']}"
            physical = one.get("PhysicalResourceId", "")  # none for what could not be made
            yield Resource(name, one["ResourceType"], physical)
            if one["ResourceType"] == STACK and physical:
                yield from listed(cloudformation, physical, name)


def outputs(cloudformation: Any, stack: str, told: dict[str, Any]) -> dict[str, str]:
    """What the stack (`told` is its description) and the stacks in it give out."""
    children = [one for one in listed(cloudformation, stack) if one.type == STACK]
    found = [
        (one.name, cloudformation.describe_stacks(StackName=one.physical)["Stacks"][0]) for one in children
    ]
    return {
        f"{block}{output['OutputKey']}": output["OutputValue"]
        for block, stack_told in [("", told), *found]
        for output in stack_told.get("Outputs", [])
    }
