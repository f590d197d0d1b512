"""Which resource made a deployment fail, AWS's reason, and what to do about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STACK = "AWS::CloudFormation::Stack"
# What is told of the neighbours of the one that failed.
ECHO = re.compile(
    r"cancelled|Embedded stack .* was not successfully|following resource\(s\) failed"
    r"|Validation failure detected",
    re.I,
)
AGAIN = "then run make deploy again"
# AWS's words, the first that match count → what a person does.
REMEDIES = (
    (
        r"must be verified before you can add new CloudFront",
        "New accounts may not use CloudFront yet: open a case with AWS Support"
        f" (https://console.aws.amazon.com/support/home#/), quote this sentence, {AGAIN}.",
    ),
    (
        r"not authorized to perform|AccessDenied|access denied|forbidden",
        f"Ask whoever manages this account for that permission, {AGAIN}.",
    ),
    (
        r"already exists|already owned|AlreadyExists",
        "Something of that name was left by an earlier deployment: patchbay undeploy --stack {stack} names"
        f" what was left and how to remove it; {AGAIN}, or choose another name with STACK=.",
    ),
    (
        r"UnreservedConcurrentExecution|ConcurrentExecutions",
        "The account may run too few functions at once: ask for more with aws service-quotas"
        " request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000,"
        f" {AGAIN}.",
    ),
    (r"rate exceeded|throttl|TooManyRequests", f"AWS was asked too fast: wait ten minutes, {AGAIN}."),
    (
        r"limit|quota|maximum number",
        f"A quota of this account is used up: raise it in the console under Service Quotas, {AGAIN}.",
    ),
)
UNKNOWN = (
    f"If AWS's words do not tell, open an issue with them; when it is mended, {AGAIN.removeprefix('then ')}."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """`resource` is the template's name."""

    resource: str
    type: str
    reason: str

    def sentence(self, stack: str) -> str:
        return (
            f"{self.resource} ({self.type}) failed: {self.reason.rstrip('.')}. {remedy(self.reason, stack)}"
        )


def remedy(reason: str, stack: str) -> str:
    for words, cure in REMEDIES:
        if re.search(words, reason, re.I):
            return cure.replace("{stack}", stack)
    return UNKNOWN


def first_failure(cloudformation: Any, stack: str) -> Failure | None:
    """What failed first in the stack's last operation, or in a stack inside it; None when AWS names none."""
    echoes = []
    for event in reversed(list(_last_operation(cloudformation, stack))):
        if not event["ResourceStatus"].endswith("FAILED"):
            continue
        child, own = event.get("PhysicalResourceId", ""), _is_itself(event, stack)
        reason = event.get("ResourceStatusReason", "no reason given")
        if event["ResourceType"] == STACK and child and not own:
            if inner := first_failure(cloudformation, child):
                return inner
        elif not own and not ECHO.search(reason):
            return Failure(event["LogicalResourceId"], event["ResourceType"], reason)
        echoes.append(Failure(event["LogicalResourceId"], event["ResourceType"], reason))
    return echoes[0] if echoes else None


def _last_operation(cloudformation: Any, stack: str) -> Iterator[dict[str, Any]]:
    """Events, newest first, back to the one with which a person's last operation began."""
    for page in cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack):
        for event in page["StackEvents"]:
            yield event
            begins = event["ResourceStatus"] in ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS")
            if _is_itself(event, stack) and begins:
                return


def _is_itself(event: dict[str, Any], stack: str) -> bool:
    return bool(
        event["ResourceType"] == STACK and event.get("PhysicalResourceId") == event.get("StackId", stack)
    )
