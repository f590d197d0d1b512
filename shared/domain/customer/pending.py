"""What the centre waits for from a customer: the answer to a survey, the digits of a code."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.address.address import Address


@dataclass(frozen=True, slots=True)
class PendingSurvey:
    """A question that waits for its answer until `until`; `score` is None while unanswered. `hinted`: they
    were told once what an answer looks like.
    """

    case_id: str
    member: str
    channel: str
    address: Address
    asked_at: datetime
    until: datetime
    score: int | None = None
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class PendingProof:
    """A code is under way to `address`; the digits themselves lie in the Proof item alone."""

    id: str
    address: Address
    until: datetime
