"""A transaction that asks AWS whether it would be allowed, and never writes anything.

Its condition can hold for no item: the partition key of every item is a text, never a number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.adapters.clients import FAILURES

NEVER = "attribute_type(pk, :number)"
PARTS = {
    "PutItem": "Put",
    "UpdateItem": "Update",
    "DeleteItem": "Delete",
    "ConditionCheckItem": "ConditionCheck",
}
MOST = 100  # items of one transaction
ALLOWED, DENIED = "allowed", "denied"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`action` is IAM's word (PutItem), `partition` as a policy names it: CUST#* or CONFIG."""

    action: str
    partition: str


class TableTrial:
    def __init__(self, table_name: str, client: Callable[[], Any]) -> None:
        self._table_name, self._client = table_name, client

    def __call__(self, attempts: Sequence[Attempt]) -> str:
        """`allowed`, `denied`, or AWS's word for what came between."""
        try:
            self._client().transact_write_items(
                TransactItems=[self._item(number, one) for number, one in enumerate(attempts[:MOST])]
            )
        except FAILURES as error:
            return _meaning(error)
        raise RuntimeError("a condition that cannot hold has held")

    def _item(self, number: int, attempt: Attempt) -> dict[str, Any]:
        """Each at a key of its own, which a transaction demands, and at one that no item of ours has."""
        key = {"pk": {"S": attempt.partition.replace("*", "self-check")}, "sk": {"S": f"SELF-CHECK#{number}"}}
        where: dict[str, Any] = {"Item": key} if attempt.action == "PutItem" else {"Key": key}
        values = {":number": {"S": "N"}}
        if attempt.action == "UpdateItem":
            where["UpdateExpression"] = "SET self_check = :number"
        condition = {"ConditionExpression": NEVER, "ExpressionAttributeValues": values}
        return {PARTS[attempt.action]: {"TableName": self._table_name, **where, **condition}}


def _meaning(error: Exception) -> str:
    """That the condition failed was found out after the right to try it."""
    answer = getattr(error, "response", None) or {}
    code = str(answer.get("Error", {}).get("Code", type(error).__name__))
    reasons = {str(one.get("Code", "")) for one in answer.get("CancellationReasons", ())}
    if any("AccessDenied" in word for word in (code, *reasons)):
        return DENIED
    if code == "TransactionCanceledException":
        return ALLOWED if "ConditionalCheckFailed" in reasons else "/".join(sorted(reasons)) or code
    return code
