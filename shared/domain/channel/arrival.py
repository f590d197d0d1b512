"""What a channel's `parse` makes of a raw provider event."""

from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.timeline.entry import Delivery


@dataclass(frozen=True, slots=True)
class Message:
    """The customer said something. `media` counts attachments that came along."""

    text: str
    media: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    score: int


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """The customer asks to go on by SMS at this number, as typed."""

    phone: str


@dataclass(frozen=True, slots=True)
class Left:
    """The customer ended the exchange on this channel."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Authentic, but nothing to do; the reason is a stable word."""

    reason: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """`sender` holds the address as the provider wrote it; the router makes it canonical."""

    sender: Address
    reply_to: str
    own_side: str
    what: Message | SurveyAnswer | CodeRequest | Left


@dataclass(frozen=True, slots=True)
class StateUpdate:
    """A provider's word about an outbound message of ours, found by our own reference in it."""

    customer_id: str
    seq: int
    state: Delivery
    provider_id: str
    reason: str = ""
