"""The small hot head of a customer: open cases with their contacts, and what is waited for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.customer.callback import Callback
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.pending import PendingProof, PendingSurvey
from shared.domain.customer.snooze import Snooze
from shared.domain.queue import Need


class ContactState(StrEnum):
    """FLOW: a flow talks with the customer. LATER: they are called at a time, and until then wait nowhere.
    SNOOZED: its agent left it alone for a while, and it takes none of their places."""

    FLOW = "flow"
    WAITING = "waiting"
    OFFERED = "offered"
    CONNECTED = "connected"
    LATER = "later"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class OpenInteraction:
    """One exchange on one channel that still goes on. `way` is the one the customer used last. `heard_at` is
    their last event in it, kept where the channel closes its window some time after that."""

    id: str
    way: Way
    started_at: datetime
    last_at: datetime
    heard_at: datetime | None = None

    @property
    def channel(self) -> str:
        return self.way.channel

    @property
    def address(self) -> Address:
        return self.way.address

    @property
    def member(self) -> str:
        return self.way.member


@dataclass(frozen=True, slots=True)
class Decline:
    """An agent who said no to a contact is not asked again until then: the next round finds others first."""

    agent_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """An interaction that is worked on: it waits in a queue, is offered, takes places of an agent.

    `enqueued_at` is the original age: it survives offers that came back. `queued_at` is when its queue time
    began, where an agent had it since. `agent` is who is asked or has it. `flow` is set while one talks.
    `needs` are the skills it asks for, as they held when it was queued. Until `alone_until` it waits for its
    `preferred` agent alone. `callback`: the customer waits for a call, off the line. `came_from` are queues
    it overflowed out of. `intent`, `tier` and `location` are kept where a rule asks for them. `handed_by` let
    go of it, `asked` (`ask_id` while it rings) gives advice.
    """

    interaction_id: str
    channel: str
    queue: str
    state: ContactState
    enqueued_at: datetime
    priority: int = 5
    agent: str = ""
    offer_id: str = ""
    assigned_at: datetime | None = None
    queued_at: datetime | None = None
    declines: tuple[Decline, ...] = ()
    flow: FlowPlace | None = None
    needs: tuple[Need, ...] = ()
    preferred: str = ""
    alone_until: datetime | None = None
    callback: Callback | None = None
    came_from: tuple[str, ...] = ()
    intent: str = ""
    tier: str = ""
    location: str = ""
    handed_by: str = ""
    asked: str = ""
    ask_id: str = ""

    @property
    def waits_since(self) -> datetime:  # when the queue time of the figures began
        return self.queued_at or self.enqueued_at


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in the head. `owner` is the agent who took it, "" until somebody did. `snoozed` while it sleeps.
    `stepped_in` are supervisors who may answer beside the owner until they leave or the case ends.

    `member` is the customer under whom it lies. The first contact is the one that opened it; messages on
    other channels join that one, an exchange that rings has a contact of its own."""

    id: str
    member: str
    opened_at: datetime
    contacts: tuple[Contact, ...]
    interactions: tuple[OpenInteraction, ...] = ()
    owner: str = ""
    first_reply_at: datetime | None = None
    snoozed: Snooze | None = None
    stepped_in: tuple[str, ...] = ()

    @property
    def contact(self) -> Contact:
        """The contact that opened the case."""
        return self.contacts[0]

    @property
    def agent(self) -> str:
        """Who has the case, else who is asked whether they take it."""
        return self.owner or self.contact.agent

    @property
    def state(self) -> str:  # waiting, offered or owned
        return "owned" if self.owner else str(self.contact.state)


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

    way: Way
    interaction_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """The small hot item of a customer, at most 1 KB; `version` is the last seq.

    `root` is "" unless this customer was merged into another: then the root's head rules.
    `leaning` is the language of the last line, where that is not `language`.
    `told_until`: they were told that somebody is there again at this moment.
    `automatic` is when programs wrote in the last hour, kept where the channel limits that.
    `language_said`: staff said what `language` is, so that no words and no page of theirs change it.
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
    leaning: str = ""
    told_until: datetime | None = None
    automatic: tuple[datetime, ...] = ()
    language_said: bool = False
