"""An agent places a call to a customer."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.phone import canonical
from shared.domain.call.acts import goes_on
from shared.domain.call.place import Placing, called_back, closed_for, placed
from shared.domain.case.callback import wrong_number
from shared.domain.case.reply import owned
from shared.domain.case.ways import refusal
from shared.domain.change import Change, Put, Ref
from shared.domain.customer.call import Call
from shared.domain.customer.evidence import AddressOwner, Consent
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.routing.phone import phone_of
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import first_entry
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.call.find_call import call_of
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.load_agent import agent_of

NEW = "new"  # in the place of a case's id: one is opened


@dataclass(frozen=True, slots=True)
class PlaceCall:
    """One transaction, once per key. First the agent's own telephone rings, then the customer's."""

    store: Store
    now: Moment

    def __call__(self, agent_id: str, customer_id: str, case_id: str, number: str, key: str) -> Entry:
        """Refused `case_closed`, `not_owner`, `no_phone`, `in_call`, `closed_now` (409), `bad_number` (422),
        and why nothing may go to the number (422).
        """
        asked = asking(agent_id, key, "call_placed", case_id, number)

        def decide() -> Change:
            now, head = self.now(), head_of(self.store, customer_id)
            agent = agent_of(self.store, agent_id)
            case = None if case_id == NEW else owned(head, case_id, agent_id)
            change = self._placed(head, case, agent, number, now)
            return (Put(asked.remembered(first_entry(change))), *change)

        return once_per_key(self.store, asked, decide)

    def _placed(self, head: Head, case: OpenCase | None, agent: Agent, typed: str, now: Now) -> Change:
        contact = _to_call_back(case, agent) if case else None
        before = self._before(head, contact)
        self._must_be_free(agent, contact, before, now)
        if case is None and not head.cases and closed_for(agent, now):
            raise Refused("closed_now", status=409)
        asked = contact.callback.address.value if contact and contact.callback else ""
        address = canonical(Address("phone", typed or asked), now.centre.phone_region, "typed")
        told = Placing(agent, address, self._member(head, case, address, now), self._own_side(head), before)
        if case and contact:
            return called_back(head, case, contact, told, now)
        return placed(head, case, told, now)

    def _must_be_free(self, agent: Agent, contact: Contact | None, before: Call | None, now: Now) -> None:
        """Refused `no_phone`, `in_call` (409)."""
        if not phone_of(agent, now):
            raise Refused("no_phone", status=409)
        own = contact.interaction_id if contact else ""
        held = (place for place in agent.engagements if not place.wrapping and place.interaction_id != own)
        calling = any(now.channels.of(place.channel).calls for place in held)
        on_the_line = before and any(not leg.over for leg in before.legs)
        if calling or on_the_line or (before and goes_on(before)):
            raise Refused("in_call", status=409)

    def _member(self, head: Head, case: OpenCase | None, address: Address, now: Now) -> str:
        """Whose number it is: a member of this customer, or whose case it is. Refused `bad_number` and why
        nothing may go there (422).
        """
        if wrong_number(address, now):
            raise Refused("bad_number", status=422)
        owner, consent = self.store.get_all(Ref(AddressOwner, address), Ref(Consent, address))
        if reason := refusal(address, consent):
            raise Refused(reason, status=422)
        theirs = owner is not None and owner.customer_id in (head.customer_id, *head.members)
        return str(owner.customer_id) if theirs else (case.member if case else head.customer_id)

    def _before(self, head: Head, contact: Contact | None) -> Call | None:
        return call_of(self.store, head, contact.interaction_id) if contact else None

    def _own_side(self, head: Head) -> str:
        """Our number in the customer's last call: they know it."""
        last = max(self._calls(head), key=lambda call: call.started_at, default=None)
        return last.own_side if last else ""

    def _calls(self, head: Head) -> Iterator[Call]:
        for member in (head.customer_id, *head.members):
            yield from self.store.find(Call, member, limit=1, newest_first=True)


def _to_call_back(case: OpenCase, agent: Agent) -> Contact | None:
    """The contact of who is to be called by this agent."""
    mine = (c for c in case.contacts if c.agent == agent.id and c.state is ContactState.CONNECTED)
    return next((contact for contact in mine if contact.callback), None)
