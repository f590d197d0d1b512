"""An event of a customer, and all that a decision about it takes: what travels together is one value."""

from dataclasses import dataclass, replace

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.commands import Raw
from shared.domain.customer.automatic import may_write
from shared.domain.customer.call import CallOf
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import Head, OpenInteraction
from shared.domain.customer.kept import Case
from shared.domain.customer.language import after_words
from shared.domain.customer.suppression import why_stopped
from shared.domain.flow.flow import FlowVersion
from shared.domain.now import Now
from shared.domain.routing.staff import Agent
from shared.domain.traits import Traits


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the canonical address, and the customer (member) it belongs to, or whose conversation a
    message joins. `case_number` is that of the case it names.
    """

    address: Address
    member: str
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says about the speaker: `head` is that of the root; `fresh` a customer we just met.

    `closed` is the stored last closed case where a message may reopen it. `opted_out` is asked for where the
    words could be a yes: then it says whether the address wants nothing. `overruled`: it said since then
    whether it wants to be written to (asked for a message that was found late). `flow` is the one that talks
    with them, with their stored `case`, or that a new conversation enters. `name` is what answers will find
    this message by; "" where it has none of its own. `joined`: the speaker is somebody else, in a
    conversation of this customer. `consent` is read where the channel limits what programs write, `tier`
    where a rule asks for it. `agent` is who may get a contact that begins to wait before anybody else. `call`
    is where the call lies that the event is about; None while it has not begun.
    """

    head: Head
    speaker: Speaker
    fresh: bool = False
    closed: Case | None = None
    opted_out: bool = False
    overruled: bool = False
    flow: FlowVersion | None = None
    case: Case | None = None
    name: str = ""
    joined: bool = False
    consent: Consent | None = None
    tier: str = ""
    agent: Agent | None = None
    call: CallOf | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    raw: Raw
    arrival: Arrival
    known: Known
    now: Now

    @property
    def head(self) -> Head:
        return self.known.head

    @property
    def speaker(self) -> Speaker:
        return self.known.speaker

    @property
    def spoken(self) -> tuple[str, str]:
        """The customer's language with these words, and the one they lean to instead."""
        what = self.arrival.what
        return after_words(self.head, self.arrival.language, what.text if isinstance(what, Message) else "")

    @property
    def traits(self) -> Traits:
        return self.now.channels.of(self.raw.channel)

    @property
    def enters_flow(self) -> bool:
        """Whether a flow greets them, should their message open a case. What rings is for people, and who
        cannot be reached could not be asked. A telephone call is greeted, whatever else goes on.
        """
        greets = self.traits.calls or not self.traits.rings
        return self.known.flow is not None and greets and self.takes_automatic

    @property
    def takes_automatic(self) -> bool:
        """Whether a program may answer this: never another program, nor who wants no such answers. Who calls
        hears what is said to them, also where nothing could be sent to.
        """
        if self.traits.calls:
            return not self.arrival.automatic
        may = self.speaker.address.takes_automatic and may_write(self.head, self.raw.channel, self.now)
        return may and not self.arrival.automatic and not why_stopped(self.known.consent, by_agent=False)

    @property
    def overtaken(self) -> bool:
        """Found late, and since it was sent the customer wrote again, or their case was closed: it belongs on
        the timeline and rings nobody. An open case takes it as it takes any message.
        """
        sent, last, closed = self.raw.sent_at, self.head.last, self.head.closed
        if sent is None or self.head.cases:
            return False
        return bool(last and last.at >= sent) or bool(closed and closed.closed_at >= sent)

    def goes_on(self, one: OpenInteraction) -> bool:
        """Whether this event belongs to that exchange. Each telephone call is one of its own."""
        same = (one.channel, one.address) == (self.raw.channel, self.speaker.address)
        return same and (not self.traits.calls or one.way.thread == self.arrival.way.thread)

    @property
    def way(self) -> Way:
        """The way back to the speaker."""
        told = self.arrival.way
        return replace(
            told, channel=self.raw.channel, address=self.speaker.address, member=self.speaker.member
        )
