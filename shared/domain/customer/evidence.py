"""Whose an address is, and how we know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.address.address import Address


@dataclass(frozen=True, slots=True)
class AddressOwner:
    """The item found first: whose address this is, and the root that customer is merged into."""

    address: Address
    customer_id: str
    root: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Consent:
    """What was said at an address about being written to there, last and when. No item: nothing was said.

    It is kept by address, apart from the head: it holds whoever the address belongs to. `reason` is "" where
    the customer said so there; customer/suppression.py has the others, and what each of them stops.
    """

    address: Address
    opted_out: bool
    at: datetime
    reason: str = ""


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
class FieldValue:
    """What is known of a customer in a field of the settings."""

    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """A note that stands above everything on the card. `by` is an agent's id."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """`tier` is a word of the centre's own for what this customer is to it, as rules name it. `tags` are
    codes of the settings. `value` is what the account is worth, in minor units of the currency; None:
    nobody said. `said` names what staff said of this customer (`name`, `field.<code>`): that rules even where
    it is empty and a member has another value. `by` and `at` are the last change: an actor, and when.
    """

    customer_id: str
    name: str = ""
    version: int = 1
    tier: str = ""
    company: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    value: int | None = None
    pinned: Pinned | None = None
    said: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None


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
