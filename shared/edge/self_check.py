"""`patchbay doctor` asks a function to try what its role may write. Nothing is written by it.

Whoever may invoke the function may ask, and nobody else: the event has this one key alone, and no API,
queue, stream or schedule makes such an event.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from shared.domain.errors import Malformed
from shared.edge.settings import environment

SELF_CHECK = "self_check"
FOREIGN = "NOBODY#*"  # no role is given this partition
H = TypeVar("H", bound=Callable[[Any, Any], Any])


def answers_self_check(handler: H) -> H:
    """Every function's handler has this around it: the one place where the event is understood."""

    @wraps(handler)
    def either(event: Any, context: Any) -> Any:
        return checked(event[SELF_CHECK]) if set(event) == {SELF_CHECK} else handler(event, context)

    return cast(H, either)


def checked(asked: Mapping[str, Any]) -> dict[str, Any]:
    """`asked` names partitions by action: {"PutItem": ["CUST#*"]}, as the policies of the role do.

    `together` is what became of all in one transaction. Where that was denied, `denied` are those that are
    denied alone as well. `foreign` is what became of an item that the role was not given, beside one it was.
    """
    from shared.adapters.clients import client
    from shared.adapters.trial import DENIED, PARTS, Attempt, TableTrial

    if not asked or not set(asked) <= set(PARTS):
        raise Malformed("a self-check names the actions PutItem, UpdateItem, DeleteItem, ConditionCheckItem")
    attempts = [Attempt(action, partition) for action, given in asked.items() for partition in given]
    attempt = TableTrial(environment.table_name, lambda: client("dynamodb"))
    together = attempt(attempts)
    alone = [one for one in attempts if attempt([one]) == DENIED] if together == DENIED else []
    return {
        "together": together,
        "denied": [f"{one.action} {one.partition}" for one in alone],
        "foreign": attempt([attempts[0], Attempt(attempts[0].action, FOREIGN)]),
    }
