"""What the table refuses for ever is no reason to try again; what it refuses now is."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import CancellationReason, PutError, TransactWriteError, VerboseClientError

from shared.adapters import store
from shared.adapters.table import key, prefix
from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.errors import Malformed, TryAgain


def refusal(code: str) -> PutError:
    return PutError(cause=ClientError({"Error": {"Code": code, "Message": ""}}, "PutItem"))


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("ValidationException", Malformed),
        ("ItemCollectionSizeLimitExceededException", Malformed),
        ("ProvisionedThroughputExceededException", TryAgain),
        ("AccessDeniedException", TryAgain),
        ("InternalServerError", TryAgain),
    ],
)
def test_a_refusal_for_what_the_item_is_stands(code: str, meaning: type[Exception]) -> None:
    assert isinstance(store._meaning(refusal(code), [0]), meaning)


@pytest.mark.parametrize(("code", "meaning"), [("ValidationError", Malformed), ("ThrottlingError", TryAgain)])
def test_so_it_does_in_a_transaction(code: str, meaning: type[Exception]) -> None:
    reasons = [None, CancellationReason(code=code, message=None)]
    told: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}}
    cause = VerboseClientError(told, "TransactWriteItems", {}, cancellation_reasons=reasons)
    error = TransactWriteError("refused", cause)

    assert isinstance(store._meaning(error, [0, 1]), meaning)


@pytest.mark.parametrize("long", ["x" * 3000, "가" * 700])
def test_a_name_too_long_for_a_key_is_asked_for_nowhere(long: str) -> None:
    for ref in (Ref(Head, long), Ref(AddressOwner, Address("phone", long))):
        with pytest.raises(Malformed):
            key(ref)
    with pytest.raises(Malformed):
        prefix(Case, long)
