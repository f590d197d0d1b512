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

    It is kept by address, apart from the head: it holds whoever the address belongs to.
    """

    address: Address
    opted_out: bool
    at: datetime


def refused_by_carrier(address: Address, at: datetime) -> Consent:
    """The carrier says that this address wants nothing: they said STOP there, perhaps not to us."""
    return Consent(address, True, at)


def opted_out(*consents: Consent | None) -> frozenset[Address]:
    """The addresses, of those asked for, that want nothing."""
    return frozenset(consent.address for consent in consents if consent and consent.opted_out)


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
