"""What a channel's `parse` makes of a raw provider event."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.calling import CallWord, line_of
from shared.domain.channel.conversation import Conversation
from shared.domain.timeline.choice import Chosen
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Delivery


class Wish(Enum):
    """What the carrier took the words for and has acted upon: its word counts, whatever the words are."""

    NONE = "none"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


@dataclass(frozen=True, slots=True)
class Message:
    """The customer said something. `chosen` is the choice behind the words, which are its label."""

    content: Content
    wish: Wish = Wish.NONE
    chosen: Chosen | None = None

    @property
    def text(self) -> str:
        return self.content.text


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
class CallbackRequest:
    """The customer asks to be called at this number, as typed, instead of waiting; `at` is the moment they
    wish, None for as soon as it is their turn.
    """

    phone: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallbackCancelled:
    """The customer wants no call any more."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Our own side spoke to this person: we ourselves, or somebody in the provider's app or another tool."""

    text: str
    provider_id: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Authentic, but nothing to do; the reason is a stable word."""

    reason: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """`way` holds the customer's address as the provider wrote it, also where our side spoke (Echo); the
    router makes it canonical. `language` is what their page is in, where the channel knows it; it holds for
    all they do, also before their first message.

    `automatic` is why a program wrote it (a stable word). `unproven`: somebody else may have sent it than the
    one it names. `conversation` is named by a token of ours that came back. `name` is what answers call this
    message by, `references` are such names of the ones that it answers, the nearest one last. `person` is
    what the writer calls themselves. `call` is what our own token said of the call that this is about.
    """

    way: Way
    what: (
        Message
        | Chosen
        | SurveyAnswer
        | CodeRequest
        | CallbackRequest
        | CallbackCancelled
        | Left
        | Echo
        | CallWord
    )
    language: str = ""
    automatic: str = ""
    unproven: bool = False
    conversation: Conversation | None = None
    references: tuple[str, ...] = ()
    name: str = ""
    person: str = ""
    call: CallPlace | None = None


def on_its_line(arrival: Arrival) -> Arrival:
    """With the carrier's name of the call as its thread: each call is an exchange of its own."""
    placed = arrival.call.sid if arrival.call else ""
    line = line_of(arrival.what) or arrival.way.thread or placed
    return replace(arrival, way=replace(arrival.way, thread=line))


@dataclass(frozen=True, slots=True)
class Reference:
    """Our own name for a message, which the provider gives back: the timeline it lies in, and its number."""

    customer_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class ProviderId:
    """The provider's name for a message. Only where the channel's traits say `found_by_provider_id`."""

    id: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address that a provider tells us to write to no more, and why: a word of customer/suppression.py."""

    address: Address
    reason: str


@dataclass(frozen=True, slots=True)
class StateUpdate:
    """A provider's word about an outbound message of ours. `reason` is ours, `code` the provider's own.

    `state` is None for a word that leaves the message as it is: it arrived, and its recipient complained.
    """

    of: Reference | ProviderId
    state: Delivery | None
    provider_id: str = ""
    reason: str = ""
    code: str = ""
    suppressed: tuple[Suppressed, ...] = ()
