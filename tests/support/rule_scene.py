"""A centre in memory: customers write, agents answer, time is told. What tests of use cases need."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import TypeVar

from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.address.way import Way
from shared.domain.change import Ref
from shared.domain.channel.arrival import (
    Arrival,
    CallbackCancelled,
    CallbackRequest,
    CodeRequest,
    Echo,
    Ignored,
    Left,
    Message,
    SurveyAnswer,
)
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head, OpenCase
from shared.domain.routing.seats import Bench, Seat
from shared.domain.routing.staff import Agent, Presence
from shared.domain.timeline.bus_facts import Fact, facts
from shared.domain.timeline.choice import Chosen
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import Moment, Store
from shared.use_cases.case.ask_survey import AskSurvey
from shared.use_cases.channel.publish_entries import wakes_of
from shared.use_cases.channel.route_message import RouteMessage
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.sweep_pool import SweepPool
from tests.support.answering import Answering

T = TypeVar("T")
NUMBER = "+821012345678"
VISITOR = "01KDXZ8E000000000000000001"
OUR_NUMBER = "+15005550006"
CODE = "123456"
What = Message | Chosen | SurveyAnswer | CodeRequest | CallbackRequest | CallbackCancelled | Left | Echo


@dataclass
class RuleScene:
    """`code` is what the next proof will be, `phone` where whoever is hired is rung."""

    world: World = field(default_factory=World)
    code: str = CODE
    phone: str = ""

    def __post_init__(self) -> None:
        self._events = count(1)
        self._told = 0

    @property
    def needs(self) -> tuple[Store, Moment]:
        return self.world.store, self.world.now

    # what customers do

    def sms(self, text: str, number: str = NUMBER, event_id: str = "", at: datetime | None = None) -> Outcome:
        """`at` is what the door's clock said, where that was not what ours says."""
        return self.arrives("sms", Address("phone", number), Message(Content(text)), event_id, at)

    def chat(
        self, text: str, visitor: str = VISITOR, event_id: str = "", at: datetime | None = None
    ) -> Outcome:
        return self.arrives("chat", Address("visitor", visitor), Message(Content(text)), event_id, at)

    def does(self, what: What, visitor: str = VISITOR) -> Outcome:
        """In the chat: ask for a code, give a score, leave."""
        return self.arrives("chat", Address("visitor", visitor), what)

    def proves(self, number: str = NUMBER, visitor: str = VISITOR) -> None:
        """The visitor shows that a number is theirs: two customers become one."""
        self.does(CodeRequest(number), visitor)
        self.chat(self.code, visitor)

    def arrives(
        self,
        channel: str,
        sender: Address,
        what: What,
        event_id: str = "",
        at: datetime | None = None,
        language: str = "",
    ) -> Outcome:
        raw = self.raw(channel, event_id)
        raw = replace(raw, accepted_at=at or raw.accepted_at)
        way = Way("", sender, "", sender.value, OUR_NUMBER if channel == "sms" else "")
        return self.route(raw, Arrival(way, what, language))

    def raw(self, channel: str, event_id: str = "", acceptance: str = "") -> Raw:
        number = next(self._events)
        at = self.world.clock()
        return Raw(
            channel, event_id or f"event-{number}", acceptance or f"acceptance-{number}", at, "payload"
        )

    def route(self, raw: Raw, arrival: Arrival | Ignored) -> Outcome:
        return RouteMessage(*self.needs, lambda: self.code, flows=self.world.settings.flow)(raw, arrival)

    # what staff do

    def hire(self, agent_id: str = "one", presence: Presence = Presence.AVAILABLE) -> Agent:
        AddStaff(*self.needs)(agent_id, f"Agent {agent_id.capitalize()}", phone=self.phone)
        return self.presence(presence, agent_id)

    def presence(self, presence: Presence, agent_id: str = "one") -> Agent:
        return ChangePresence(*self.needs)(agent_id, presence)

    def assign(self, pool: str = "main") -> int:
        """A look at the pool, told of what has begun to wait since the last one, and of what was lost."""
        told = [entry for before, entry in self.world.store.stream[self._told :] if before is None]
        self._told = len(self.world.store.stream)
        lost = SweepPool(*self.needs)(pool)
        return AssignWaiting(*self.needs)(pool, [*lost, *wakes_of(told)])

    def offers(self, agent_id: str = "one") -> list[str]:
        return [place.offer_id for place in self.agent(agent_id).engagements if place.offer_id]

    def accept(self, agent_id: str = "one") -> str:
        """Takes the agent's first offer; the answer is the case."""
        return AnswerOffer(*self.needs).accept(agent_id, self.offers(agent_id)[0]).case_id

    def taken(self, text: str = "Hello", agent_id: str = "one") -> OpenCase:
        """An agent's case that began with an SMS."""
        self.sms(text)
        self.hire(agent_id)
        self.assign()
        self.accept(agent_id)
        return self.head().cases[0]

    def answering(self) -> Answering:
        return Answering(*self.needs, lambda: self.code)

    def says(self, text: str, key: str = "key-0001", channel: str = "sms", agent_id: str = "one") -> Entry:
        """The agent answers the customer in their only case."""
        head = self.head()
        return self.answering().reply(agent_id, head.customer_id, head.cases[0].id, channel, None, text, key)

    def closes(self, disposition: str = "solved", agent_id: str = "one", answered: bool = True) -> Fact:
        """The agent closes the only case, once it was answered; the answer is what the bus says of it."""
        if answered and self.head().cases[0].first_reply_at is None:
            self.says("All right.", key=f"closing-{self.head().version:04}", agent_id=agent_id)
        head = self.head()
        self.answering().close(agent_id, head.customer_id, head.cases[0].id, disposition)
        return self.closed()

    def closed(self) -> Fact:
        """What the bus says of the case that was closed last."""
        closed = [entry for _, entry in self.world.store.stream if entry.kind is Kind.CASE_CLOSED]
        return facts(closed[-1])[0]

    def surveys(self, closed: Fact) -> None:
        AskSurvey(*self.needs)(closed)

    # what is so

    def get(self, kind: type[T], *by: object) -> T:
        found = self.world.store.get(Ref(kind, *by))
        assert found is not None
        return found

    def all(self, kind: type[T]) -> list[T]:
        return [item for item in self.world.store.items.values() if isinstance(item, kind)]

    def seats(self) -> list[Seat]:
        """Whoever may be offered work now."""
        return [seat for bench in self.all(Bench) for seat in bench.seats]

    def owner(self, address: Address) -> AddressOwner:
        return self.get(AddressOwner, address)

    def head(self, number: str = NUMBER) -> Head:
        """The head that rules the customer of a number."""
        return self.get(Head, self.owner(canonical(Address("phone", number), "KR", "")).root)

    def visitor_head(self, visitor: str = VISITOR) -> Head:
        return self.get(Head, self.owner(Address("visitor", visitor)).root)

    def agent(self, agent_id: str = "one") -> Agent:
        return self.get(Agent, agent_id)

    def entries(self, *kinds: Kind) -> list[Entry]:
        """Customers' entries as they stand, in the order of their numbers."""
        found = [e for e in self.all(Entry) if not e.timeline.startswith("staff-")]
        return sorted((e for e in found if not kinds or e.kind in kinds), key=lambda e: (e.seq, e.timeline))
