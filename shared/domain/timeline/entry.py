"""The timeline: immutable lines, numbered without gaps. Only the states may change: of the delivery, which
rises, and of files that wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.domain.address.address import Address
from shared.domain.address.way import NO_WAY, Way
from shared.domain.template import TemplateUse
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import NO_CONTENT, Content

Scalar = str | int | float | bool | None


class Kind(StrEnum):
    """What happened, in the past tense. timeline/kinds.py says what follows from each."""

    MESSAGE_RECEIVED = "message_received"
    MESSAGE_SENT = "message_sent"
    NOTE_ADDED = "note_added"
    OFFER_MADE = "offer_made"
    OFFER_ENDED = "offer_ended"
    ASSIGNED = "assigned"
    REQUEUED = "requeued"
    INTERACTION_ENDED = "interaction_ended"
    CASE_CLOSED = "case_closed"
    SURVEY_ASKED = "survey_asked"
    SURVEY_ANSWERED = "survey_answered"
    SURVEY_SUPPRESSED = "survey_suppressed"
    CODE_SENT = "code_sent"
    CODE_REFUSED = "code_refused"
    ADDRESS_LINKED = "address_linked"
    CUSTOMERS_MERGED = "customers_merged"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    PRESENCE_CHANGED = "presence_changed"
    AUDITED = "audited"
    HANDED_OVER = "handed_over"
    CALLBACK_REQUESTED = "callback_requested"
    CALLBACK_REFUSED = "callback_refused"
    CALLBACK_CANCELLED = "callback_cancelled"
    CALLBACK_DUE = "callback_due"
    CALLBACK_TRIED = "callback_tried"
    MOVED = "moved"
    WRAPPED_UP = "wrapped_up"
    TRANSFERRED = "transferred"
    CONSULT_ASKED = "consult_asked"
    CONSULT_JOINED = "consult_joined"
    CONSULT_ENDED = "consult_ended"
    CASE_TAGGED = "case_tagged"
    CASE_SNOOZED = "case_snoozed"
    CASE_WOKEN = "case_woken"
    PROFILE_CHANGED = "profile_changed"
    STEP_TICKED = "step_ticked"
    STEPPED_IN = "stepped_in"
    REPLY_WITHDRAWN = "reply_withdrawn"
    CALL_STARTED = "call_started"
    CALL_PLACED = "call_placed"
    CALL_ACTED = "call_acted"
    LEG_CHANGED = "leg_changed"
    CALL_RECORDED = "call_recorded"
    CALL_TRANSCRIBED = "call_transcribed"


class Audience(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"


class Delivery(StrEnum):
    """Where an outbound message is. `unknown` means: asked the provider, never heard the answer. A `held` one
    waits in the house and can be taken back; `withdrawn`, it never left.
    """

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


INSIDE = (Delivery.HELD, Delivery.WITHDRAWN)  # what is shown to staff alone, and counts as nothing said


@dataclass(frozen=True, slots=True)
class Signals:
    """What an entry sets going. None of it is a measure, and none of it goes onto the bus.

    `wake` is a pool to look at, `tell` the agent whose desk hears of it, `root` the customer whom this one
    joined, `begins` says that a case or a contact began with it. What the look is told besides: `queue`,
    `klass` and `rank` of a contact that waits now, the `agent` who may be free. A line calls `mentioned`.
    """

    wake: str = ""
    tell: str = ""
    root: str = ""
    begins: tuple[str, ...] = ()
    queue: str = ""
    klass: str = ""
    rank: str = ""
    agent: str = ""
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to be looked at then, about the contact of the entry's interaction."""

    at: datetime
    what: str


ELSEWHERE = "elsewhere"  # the actor where our side spoke, but not through us
RELEASE = "release"  # the timer at which a held reply leaves
CASE, CONTACT = "case", "contact"  # what an entry may begin
NO_SIGNALS = Signals()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline.

    `timeline` is the customer (the member whose address it came by) or the staff member it lies under.
    `facts` are ids and measures: they go onto the bus, so never text nor addresses.
    `version` counts changes of state, `delivery_code` is the provider's own word for what went wrong,
    `heard` holds a short mark of every provider's word about it, so that each is counted once.
    `origin` is the socket that wrote it, which was told at once and needs no frame.
    `choices` are what a question offers to be pressed. `template` is sent in the place of the text, which
    says what the customer reads. `complained`: who got it reported it as unwanted.
    `timers` are armed with it beside `due`: what may become of a contact that begins to wait.
    `imported` lines happened elsewhere or long ago: they are shown, and never announced.
    """

    timeline: str
    seq: int
    id: str
    at: datetime
    kind: Kind
    audience: Audience
    actor: str
    way: Way = NO_WAY
    case_id: str = ""
    interaction_id: str = ""
    content: Content = NO_CONTENT
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    signals: Signals = NO_SIGNALS
    delivery: Delivery | None = None
    delivery_reason: str = ""
    delivery_code: str = ""
    attempt_until: datetime | None = None
    give_up_at: datetime | None = None
    provider_id: str = ""
    heard: tuple[str, ...] = ()
    due: datetime | None = None
    due_for: str = ""
    version: int = 1
    imported: bool = False
    origin: str = ""
    choices: tuple[Choice, ...] = ()
    template: TemplateUse | None = None
    complained: bool = False
    timers: tuple[Timer, ...] = ()

    @property
    def channel(self) -> str:
        return self.way.channel

    @property
    def address(self) -> Address:
        return self.way.address

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def held_until(self) -> datetime | None:
        """When a reply that is held leaves by itself, or left; None for one that went at once."""
        return next((timer.at for timer in self.timers if timer.what == RELEASE), None)

    @property
    def by_agent(self) -> bool:
        """Whether a person of ours wrote it, and not a program."""
        return self.actor.startswith("agent:")
