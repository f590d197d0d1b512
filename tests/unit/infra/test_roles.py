"""What the doctor reads in a role's policies, and how it says what was denied."""

from typing import Any

from infra.cli.roles import Tried, partitions

KEYS = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["CUST#*", "CONFIG"]}}


def test_what_a_role_may_write_is_found_by_action() -> None:
    policies: list[dict[str, Any]] = [
        {"Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Condition": KEYS},
        {"Action": "dynamodb:DeleteItem", "Condition": KEYS},
        {"Action": "dynamodb:UpdateItem"},
        {"Action": "sqs:SendMessage", "Condition": KEYS},
    ]

    assert partitions(iter(policies)) == {
        "PutItem": ["CUST#*", "CONFIG"],
        "DeleteItem": ["CUST#*", "CONFIG"],
    }


def test_what_is_denied_is_named_with_the_way_out() -> None:
    told = Tried("Router", "denied", ("PutItem POOL#*",), "denied").sentence()

    assert told.startswith("AWS denies Router its transaction over several partitions (PutItem POOL#*).")
    assert "make deploy SET=TransactionKeys=unchecked" in told
    assert "each alone is allowed" in Tried("Router", "denied").sentence()


def test_what_could_not_be_tried_is_not_called_denied() -> None:
    assert "try again" in Tried("Router", "ThrottlingException").sentence()
    assert "does not answer" in Tried("Router", broken="it does not answer a self-check").sentence()
