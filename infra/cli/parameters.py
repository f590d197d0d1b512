"""The parameters of a deployed stack, changed through CloudFormation.

The stack stays the truth of what is set: a value set past it would be undone by some later deployment.
"""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
NOTHING_NEW = "No updates are to be performed"


def changed(cloudformation: Any, stack: str, values: Mapping[str, str]) -> bool:
    """Give these parameters these values and leave all else; waits until it is so. False where it was."""
    if begun := change(cloudformation, stack, values):
        cloudformation.get_waiter("stack_update_complete").wait(StackName=stack)
    return begun


def change(cloudformation: Any, stack: str, values: Mapping[str, str]) -> bool:
    """The same without the wait: whether there is something to change, and it has begun."""
    told = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    before = {one["ParameterKey"]: one.get("ParameterValue", "") for one in told.get("Parameters", [])}
    if values.items() <= before.items():
        return False
    kept = [{"ParameterKey": name, "UsePreviousValue": True} for name in before if name not in values]
    new = [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()]
    try:
        cloudformation.update_stack(
            StackName=stack, UsePreviousTemplate=True, Parameters=[*kept, *new], Capabilities=CAPABILITIES
        )
    except ClientError as error:
        if NOTHING_NEW in str(error):
            return False
        raise
    return True
