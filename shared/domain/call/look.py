"""A call at a moment: who of our side should be on the line, and who talks."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.customer.call import Call, Leg, LegRole, LegState
from shared.domain.customer.head import Contact, ContactState
from shared.domain.now import Now

HUNG_UP = "hung_up"  # the reason of a leg that was asked to end, until it does


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of ours who should be on the line; `key` tells whose leg is whose."""

    role: LegRole
    key: str
    listens: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The call and its contact at a moment. `contact` is None once the exchange or its case is over."""

    call: Call
    contact: Contact | None
    phones: Mapping[str, str]
    now: Now

    @property
    def caller(self) -> Leg | None:
        """The customer, where they talk."""
        leg = self.call.customer
        return leg if leg and leg.state is LegState.TALKING and leg.sid else None

    @property
    def connected(self) -> bool:
        return self.contact is not None and self.contact.state is ContactState.CONNECTED

    @property
    def agent(self) -> Leg | None:
        """The leg of who has the contact, where they talk and go on: they may have come as a colleague."""
        if self.contact is None or not self.connected:
            return None
        staff = (leg for leg in self.call.staff() if leg.reason != HUNG_UP)
        talking = (leg for leg in staff if leg.state is LegState.TALKING)
        return next((leg for leg in talking if leg.who == self.contact.agent), None)

    @property
    def company(self) -> bool:
        """Whether somebody of ours talks whom the customer can hear."""
        talking = [leg for leg in self.call.staff() if leg.state is LegState.TALKING]
        return any(leg.role is not LegRole.SUPERVISOR or leg.listens == "join" for leg in talking)

    @property
    def customer_to_come(self) -> bool:
        """Whether we are to ring the customer: we place this call, and did not since the contact is theirs
        who has it."""
        if self.contact is None or not self.connected or self.call.customer is not None:
            return False
        rung = [
            leg for leg in self.call.legs if leg.role is LegRole.CUSTOMER and not former(leg, self.contact)
        ]
        return not rung and (self.call.outbound or self.contact.callback is not None)

    @property
    def idle(self) -> bool:
        """Whether there is nobody to talk with: the customer has gone, or is to be let go. Who asked for a
        call is rung for the next agent, however the last try ended."""
        if self.call.customer is not None:
            return self.call.ending
        return not self.customer_to_come or (self.call.ending and self._agent_came)

    @property
    def _agent_came(self) -> bool:
        contact = self.contact
        legs = (leg for leg in self.call.legs if contact and leg.who == contact.agent)
        return any(contact is not None and not former(leg, contact) for leg in legs)

    def people(self) -> tuple[Person, ...]:
        """Who of our side should be on the line, each once."""
        if self.contact is None or self.idle:
            return ()
        found: dict[str, Person] = {}
        for one in (*_staff(self.contact), *_guests(self.call)):
            found.setdefault(one.key, one)
        return tuple(found.values())


def key_of(leg: Leg) -> str:
    return leg.who or leg.to


def former(leg: Leg, contact: Contact) -> bool:
    """Whether a leg that is over was rung before the contact came to who has it now: it says nothing about
    them, also where its end is told late. A colleague who gave advice has the contact by the same leg.
    """
    advised = leg.role is LegRole.COLLEAGUE or leg.rung_at is None
    since = leg.at if advised else leg.rung_at
    return leg.over and bool(contact.assigned_at and since and since < contact.assigned_at)


def _staff(contact: Contact) -> tuple[Person, ...]:
    if contact.state is not ContactState.CONNECTED:
        return ()
    agent = Person(LegRole.AGENT, contact.agent)
    joined = contact.asked and not contact.ask_id
    return (agent, Person(LegRole.COLLEAGUE, contact.asked)) if joined else (agent,)


def _guests(call: Call) -> tuple[Person, ...]:
    listening = tuple(Person(LegRole.SUPERVISOR, who, how) for who, how in call.listeners)
    return (*listening, *(Person(LegRole.NUMBER, number) for number in call.numbers))
