"""What an answer to a trial means: allowed and denied are told apart from everything else."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from shared.adapters.trial import Attempt, TableTrial


class Answering:
    """DynamoDB with one answer; keeps what it was asked."""

    def __init__(self, answer: Exception | None) -> None:
        self._answer = answer
        self.items: list[dict[str, Any]] = []

    def transact_write_items(self, TransactItems: list[dict[str, Any]]) -> None:
        self.items = TransactItems
        if self._answer:
            raise self._answer


def refused(code: str, *reasons: str) -> ClientError:
    told: Any = {"Error": {"Code": code}, "CancellationReasons": [{"Code": one} for one in reasons]}
    return ClientError(told, "TransactWriteItems")


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (refused("TransactionCanceledException", "ConditionalCheckFailed", "None"), "allowed"),
        (refused("AccessDeniedException"), "denied"),
        (refused("TransactionCanceledException", "AccessDenied", "None"), "denied"),
        (refused("TransactionCanceledException", "TransactionConflict"), "TransactionConflict"),
        (refused("ThrottlingException"), "ThrottlingException"),
        (ReadTimeoutError(endpoint_url="x"), "ReadTimeoutError"),
    ],
)
def test_only_a_failed_condition_means_allowed(answer: Exception, meaning: str) -> None:
    assert TableTrial("t", lambda: Answering(answer))([Attempt("PutItem", "CUST#*")]) == meaning


def test_every_item_has_a_key_of_its_own_and_a_condition_that_cannot_hold() -> None:
    table = Answering(refused("TransactionCanceledException", "ConditionalCheckFailed"))
    actions = ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")

    TableTrial("t", lambda: table)([Attempt(action, "CONFIG") for action in actions])

    parts = [part for item in table.items for part in item.values()]
    assert len({str(part.get("Key") or part.get("Item")) for part in parts}) == len(actions)
    assert {part["ConditionExpression"] for part in parts} == {"attribute_type(pk, :number)"}


def test_a_transaction_that_went_through_is_a_bug_of_ours() -> None:
    with pytest.raises(RuntimeError):
        TableTrial("t", lambda: Answering(None))([Attempt("PutItem", "CUST#*")])
