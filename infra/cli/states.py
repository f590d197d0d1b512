"""The states a stack can be in, and what a deployment does about each."""

from enum import Enum
from typing import Any

from botocore.exceptions import ClientError


class Way(Enum):
    GO = "deploy"
    REMOVE = "remove it first: AWS refuses to deploy over it"
    CONTINUE = "finish its rollback first"
    ROLL_BACK = "roll the failed update back first"
    WAIT = "wait until it is done"


ABSENT = "ABSENT"
WAYS = {
    ABSENT: Way.GO,
    "DELETE_COMPLETE": Way.GO,
    "CREATE_COMPLETE": Way.GO,
    "UPDATE_COMPLETE": Way.GO,
    "UPDATE_ROLLBACK_COMPLETE": Way.GO,
    "IMPORT_COMPLETE": Way.GO,
    "IMPORT_ROLLBACK_COMPLETE": Way.GO,
    "REVIEW_IN_PROGRESS": Way.GO,  # a first change set that nobody executed: nothing was made yet
    "CREATE_FAILED": Way.REMOVE,
    "ROLLBACK_COMPLETE": Way.REMOVE,
    "ROLLBACK_FAILED": Way.REMOVE,
    "DELETE_FAILED": Way.REMOVE,
    "UPDATE_FAILED": Way.ROLL_BACK,
    "UPDATE_ROLLBACK_FAILED": Way.CONTINUE,
    "IMPORT_ROLLBACK_FAILED": Way.CONTINUE,
}


def way(state: str) -> Way:
    return WAYS.get(state) or (Way.WAIT if state.endswith("IN_PROGRESS") else Way.GO)


def told(cloudformation: Any, stack: str) -> dict[str, Any]:
    """The stack's description; empty for one that is not there."""
    try:
        return dict(cloudformation.describe_stacks(StackName=stack)["Stacks"][0])
    except ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise


def state(cloudformation: Any, stack: str) -> str:
    return str(told(cloudformation, stack).get("StackStatus", ABSENT))
