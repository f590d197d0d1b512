"""The customer: the small hot head, the addresses that lead to it, and the evidence for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.address.address import Address


class CaseState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    OWNED = "owned"


@dataclass(frozen=True, slots=True)
class OpenInteraction:
    """One exchange on one channel that still goes on. `reply_to` is the address as it was received."""

    id: str
    channel: str
    address: Address
    reply_to: str
    own_side: str
    member: str
    started_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Decline:
    """An agent who said no to a case is not asked again until then: the next round finds others first."""

    agent_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in the head. `enqueued_at` is the original age: it survives offers that came back.

    `rank` is the virtual enqueue time (enqueued minus the head start of its priority), as sortable text.
    `queued_at` is when the queue time of the figures began, where that is not `enqueued_at`: an agent
    had the case and is gone. `owner` is the agent while owned, the asked one while offered, else "".
    `waits_as` and `channel` are the interaction that brought it into the queue, and its channel;
    `member` is the customer under whom the case lies.
    """

    id: str
    member: str
    queue: str
    channel: str
    waits_as: str
    opened_at: datetime
    state: CaseState
    enqueued_at: datetime
    rank: str
    priority: int = 5
    owner: str = ""
    offer_id: str = ""
    assigned_at: datetime | None = None
    first_reply_at: datetime | None = None
    queued_at: datetime | None = None
    interactions: tuple[OpenInteraction, ...] = ()
    declines: tuple[Decline, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """The last closed case: within the grace period a message reopens it."""

    id: str
    member: str
    queue: str
    opened_at: datetime
    closed_at: datetime
    owner: str = ""


@dataclass(frozen=True, slots=True)
class LastMessage:
    """Where the customer spoke last; surveys go there."""

    channel: str
    address: Address
    reply_to: str
    own_side: str
    member: str
    interaction_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PendingSurvey:
    """A question that waits for its answer until `until`; `score` is None while unanswered."""

    case_id: str
    member: str
    channel: str
    address: Address
    asked_at: datetime
    until: datetime
    score: int | None = None


@dataclass(frozen=True, slots=True)
class PendingProof:
    """A code is under way to `address`; the digits themselves lie in the Proof item alone."""

    id: str
    address: Address
    until: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """The small hot item of a customer, at most 1 KB; `version` is the last seq.

    `root` is "" unless this customer was merged into another: then the root's head rules.
    `members` are the customers merged into this one, at most 5 (a star, never a chain).
    """

    customer_id: str
    version: int
    language: str = ""
    root: str = ""
    members: tuple[str, ...] = ()
    cases: tuple[OpenCase, ...] = ()
    closed: ClosedCase | None = None
    last: LastMessage | None = None
    survey: PendingSurvey | None = None
    proof: PendingProof | None = None
    opted_out: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressOwner:
    """The item found first: whose address this is, and the root that customer is merged into."""

    address: Address
    customer_id: str
    root: str
    version: int = 1


class Strength(StrEnum):
    CLAIMED = "claimed"
    PROVEN = "proven"


@dataclass(frozen=True, slots=True)
class Link:
    """The evidence that an address belongs to a customer. A claimed link joins nothing.

    `evidence` says how (arrived, code); `reference` names the entry or proof that shows it.
    """

    customer_id: str
    address: Address
    strength: Strength
    evidence: str
    reference: str
    by: str
    at: datetime
    ended_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    customer_id: str
    name: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """Six digits on their way to an address, for the customer who says it is theirs."""

    address: Address
    id: str
    customer_id: str
    code: str
    until: datetime
    tries_left: int
    asked_today: int
    asked_day: str
    expires_at: datetime
    version: int = 1
