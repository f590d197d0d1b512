"""Takes a stack away, whatever state a failed deployment left it in."""

import time
from typing import Any

from infra.cli.answer import CannotAnswer
from infra.cli.stacks import STACK
from infra.cli.states import ABSENT, state

PATIENCE = 3600.0  # seconds: CloudFront alone may take a quarter of an hour
LOOK_EVERY = 5.0
GONE = (ABSENT, "DELETE_COMPLETE")


def remove(cloudformation: Any, stack: str, look_every: float = LOOK_EVERY) -> list[str]:
    """Returns the resources AWS could not delete, which stay behind. Raises CannotAnswer."""
    if settled(cloudformation, stack, look_every) in GONE:
        return []
    cloudformation.delete_stack(StackName=stack)
    if (left := settled(cloudformation, stack, look_every)) in GONE:
        return []
    if left != "DELETE_FAILED":
        raise CannotAnswer(f"The stack {stack} is {left} instead of deleted; its events say why.")
    return _without_what_failed(cloudformation, stack, look_every)


def _without_what_failed(cloudformation: Any, stack: str, look_every: float) -> list[str]:
    """Children first; then once more, leaving behind what does not go."""
    failed = [one for one in _resources(cloudformation, stack) if one["ResourceStatus"] == "DELETE_FAILED"]
    children = [one["PhysicalResourceId"] for one in failed if one["ResourceType"] == STACK]
    kept = [name for child in children for name in remove(cloudformation, child, look_every)]
    stuck = [one for one in failed if one["ResourceType"] != STACK]
    names = [one["LogicalResourceId"] for one in stuck]
    cloudformation.delete_stack(StackName=stack, **({"RetainResources": names} if names else {}))
    if (left := settled(cloudformation, stack, look_every)) not in GONE:
        raise CannotAnswer(f"The stack {stack} is {left} and cannot be deleted; its events say why.")
    return kept + [one.get("PhysicalResourceId") or one["LogicalResourceId"] for one in stuck]


def settled(cloudformation: Any, stack: str, look_every: float = LOOK_EVERY) -> str:
    """The stack's state once nothing is in progress in it; raises CannotAnswer when it takes too long."""
    until = time.monotonic() + PATIENCE
    while (now := state(cloudformation, stack)).endswith("IN_PROGRESS") and now != "REVIEW_IN_PROGRESS":
        if time.monotonic() > until:
            raise CannotAnswer(f"The stack {stack} is {now} for an hour; look at it in the console.")
        time.sleep(look_every)
    return now


def _resources(cloudformation: Any, stack: str) -> list[dict[str, Any]]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    return [one for page in pages for one in page["StackResourceSummaries"]]
