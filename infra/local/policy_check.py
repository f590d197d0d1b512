"""What the embedded AWS's check of execution roles leaves out, so that least privilege is a fact here too.

1. dynamodb:LeadingKeys, the partitions a request names. AWS checks the template's conditions itself
   (docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html). Ministack does not
   know the key, and a ForAllValues condition holds for a key that is absent: a function that works on a
   partition it was not given would fail on AWS only.
2. SQS batches: on AWS sqs:SendMessage is also the right to send a batch; ministack asks for an action of its
   own, which does not exist there.
3. SESv2: on AWS ses:SendEmail is about the identity in whose name a mail goes; ministack names no resource.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from ministack.core import iam_actions, iam_evaluator

CONDITION_KEY = "dynamodb:LeadingKeys"
IN_TRANSACTION = "patchbay:keys-by-action"  # between our two hooks only
HASH_KEY = "pk"
EQUALS = re.compile(r"([#\w]+)\s*=\s*(:\w+)")
ALSO = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}
PARTS = {
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
    "Delete": "dynamodb:DeleteItem",
    "ConditionCheck": "dynamodb:ConditionCheckItem",
    "Get": "dynamodb:GetItem",
}
Context = dict[str, Any]


def install() -> None:
    """Ministack asks for a request's condition keys once, then checks a transaction action by action."""
    told: Callable[[bytes], Context] = iam_actions.dynamodb_service_context
    enforce = iam_evaluator.enforce

    def with_leading_keys(body: bytes) -> Context:
        return told(body) | condition_keys(body)

    def enforce_each(
        caller: str, action: str, service: str, region: str, resource_arn: str = "*",
        service_context: Context | None = None,
    ) -> Any:  # fmt: skip
        contexts = [service_context or {}]
        if by_action := contexts[0].get(IN_TRANSACTION):
            contexts = [contexts[0] | {CONDITION_KEY: [key]} for key in by_action.get(action, ())]
        for context in contexts:
            if denied := enforce(caller, ALSO.get(action, action), service, region, resource_arn, context):
                return denied
        return None

    ses_resource: Callable[..., str] = iam_actions._ses_v2_resource_arn

    def with_identity(method: str, path: str, body: bytes, region: str, account: str) -> str:
        named = identity(path, body)
        return (
            f"arn:aws:ses:{region}:{account}:identity/{named}"
            if named
            else ses_resource(method, path, body, region, account)
        )

    iam_actions._ses_v2_resource_arn = with_identity
    iam_actions.dynamodb_service_context = with_leading_keys
    iam_evaluator.enforce = enforce_each


def identity(path: str, body: bytes) -> str:
    """The domain in whose name a mail is sent; "" for any other request."""
    if not path.rstrip("/").endswith("/outbound-emails"):
        return ""
    try:
        return str(json.loads(body)["FromEmailAddress"]).rpartition("@")[2].rstrip(">").lower()
    except (ValueError, KeyError, TypeError):
        return ""


def condition_keys(body: bytes) -> Context:
    """What a policy may ask about a DynamoDB request; in a transaction AWS asks it of each item alone."""
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    if not isinstance(request, dict):
        return {}
    if "TransactItems" in request:
        return {IN_TRANSACTION: _by_action(request["TransactItems"])}
    keys = list(dict.fromkeys(_keys(request)))
    return {CONDITION_KEY: keys} if keys else {}


def _by_action(members: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for member in members:
        for name, part in member.items():
            found.setdefault(PARTS.get(name, name), []).extend(_of_item(part))
    return found


def _keys(request: dict[str, Any]) -> Iterator[str]:
    yield from _of_item(request)
    for asked in request.get("RequestItems", {}).values():
        for one in asked.get("Keys", ()) if isinstance(asked, dict) else ():
            yield from _text(one)
        for one in asked if isinstance(asked, list) else ():
            yield from _of_item(one.get("PutRequest", {}))
            yield from _of_item(one.get("DeleteRequest", {}))
    yield from _of_query(request)


def _of_item(request: dict[str, Any]) -> Iterator[str]:
    yield from _text(request.get("Key") or request.get("Item") or {})


def _of_query(request: dict[str, Any]) -> Iterator[str]:
    names, values = request.get("ExpressionAttributeNames", {}), request.get("ExpressionAttributeValues", {})
    for name, place in EQUALS.findall(request.get("KeyConditionExpression", "")):
        if names.get(name, name) == HASH_KEY:
            yield from _text({HASH_KEY: values.get(place, {})})


def _text(item: dict[str, Any]) -> Iterator[str]:
    value = item.get(HASH_KEY)
    if isinstance(value, dict) and isinstance(value.get("S"), str):
        yield value["S"]
