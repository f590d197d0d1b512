"""Before and after a deployment: whether AWS would take it, why it failed, what is switched on last."""

import re
import sys
import time
from collections.abc import Callable
from typing import Any

from infra.cli.access import denied, from_aws
from infra.cli.answer import CannotAnswer, WrongUse
from infra.cli.confirm import confirmed
from infra.cli.failures import first_failure
from infra.cli.parameters import change
from infra.cli.place import Place
from infra.cli.removal import settled
from infra.cli.states import ABSENT, Way, state, way

NAME = re.compile(
    "[A-Za-z][A-Za-z0-9-]{0,39}"
)  # longer, and names made of it are refused: test_template_names
BAD_NAME = (
    "{stack!r} cannot be a stack's name here: letters, digits and hyphens, a letter first, 40 at most;"
    " for example: make deploy STACK=patchbay"
)
# docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html: QueueDeletedRecently
QUEUE_NAME_SECONDS = 60.0
NAMES_REST = "It is removed. The name of a removed queue rests for a minute; then it goes on."
PROTECTION = "Protection"  # the template's parameter: on keeps table and staff from being deleted
IN_THE_WAY = "The stack {stack} is {state}, left by an operation that failed: {what}."
BUSY = "The stack {stack} is {state}: AWS still works on it; run make deploy again when it is done."


def well_named(stack: str) -> str:
    """Raises WrongUse for a name under which AWS would refuse some part, after minutes of work."""
    if not NAME.fullmatch(stack):
        raise WrongUse(BAD_NAME.format(stack=stack))
    return stack


def way_is_free(place: Place, yes: bool, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Clears what an earlier failure left, after asking. False when the person would not have it."""
    from infra.cli.commands.undeploy import take_away

    cloudformation = place.client("cloudformation")
    now = state(cloudformation, place.stack)
    what = way(now)
    if what is Way.GO:
        return True
    if what is Way.WAIT:
        raise CannotAnswer(BUSY.format(stack=place.stack, state=now))
    question = IN_THE_WAY.format(stack=place.stack, state=now, what=what.value)
    if not confirmed(question, "yes", yes):
        return False
    if what is Way.REMOVE:
        take_away(place)
        print(NAMES_REST, file=sys.stderr)
        sleep(QUEUE_NAME_SECONDS)
    elif what is Way.CONTINUE:
        cloudformation.continue_update_rollback(StackName=place.stack)
    else:
        cloudformation.rollback_stack(StackName=place.stack)
    if way(now := settled(cloudformation, place.stack)) is not Way.GO:
        raise CannotAnswer(f"The stack {place.stack} is still {now}; its events in the console say why.")
    return True


def why_not(place: Place) -> str:
    """Why the last deployment failed, and whether anything runs now."""
    cloudformation = place.client("cloudformation")
    now = state(cloudformation, place.stack)
    failure = None if now == ABSENT else first_failure(cloudformation, place.stack)
    cause = failure.sentence(place.stack) if failure else "The reason stands above."
    if way(now) is Way.REMOVE or now in (ABSENT, "REVIEW_IN_PROGRESS"):
        return (
            f"The deployment of {place.stack} failed. {cause} Nothing runs yet; make deploy clears the rest."
        )
    return f"The deployment of {place.stack} failed. {cause} What was there before still runs."


def protect(cloudformation: Any, stack: str) -> list[str]:
    """The second step of a first deployment: what protects data would have kept a failed one from going."""
    try:
        if not change(cloudformation, stack, {PROTECTION: "on"}):
            return []
    except Exception as error:  # the centre runs already: a missing lock must not hide its address
        if not from_aws(error):
            raise
        return [f"The table and the staff are not protected from deletion yet: {denied(error)}."]
    now = settled(cloudformation, stack)
    return [] if now == "UPDATE_COMPLETE" else [f"Protection could not be switched on: the stack is {now}."]


def runs(cloudformation: Any, stack: str) -> bool:
    """Whether there is a stack that was deployed once."""
    return state(cloudformation, stack) not in (ABSENT, "REVIEW_IN_PROGRESS")
